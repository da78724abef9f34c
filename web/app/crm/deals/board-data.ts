import type { z } from 'zod'
import type { DealRow, DealStage, deals } from '../../../../contract/crm/deal.ts'

export type BoardData = z.output<typeof deals.board.output>
export type BoardColumn = BoardData['columns'][number]

/** The board as it will be once the server has taken the move: card, counts and sums. */
export function withMove(board: BoardData, move: { dealId: string; stage: DealStage }, now: Date): BoardData {
  const card = board.columns.flatMap(({ rows }) => rows).find(({ id }) => id === move.dealId)
  if (!card || card.stage === move.stage) return board
  const moved: DealRow = { ...card, stage: move.stage, stageSince: now.toISOString(), version: card.version + 1 }
  const amount = card.amountKopecks ?? 0
  const columns = board.columns.map((column) => {
    if (column.stage === card.stage) return { ...column, count: column.count - 1, sumKopecks: column.sumKopecks - amount, rows: column.rows.filter(({ id }) => id !== card.id) }
    if (column.stage === move.stage) return { ...column, count: column.count + 1, sumKopecks: column.sumKopecks + amount, rows: [moved, ...column.rows] }
    return column
  })
  return { ...board, columns }
}
