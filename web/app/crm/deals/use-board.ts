import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { call } from '../../../../contract/call.ts'
import { type DealRow, type DealStage, deals } from '../../../../contract/crm/deal.ts'
import { useAsk } from '../../data/ask.ts'
import type { BoardColumn } from './board-data.ts'

type Filters = { mine: string; outletId?: string }
const PER_STAGE = 20
const MORE = 50

/** The board and, of the columns where more was asked for, the pages behind the first one; a live change asks for all of it again. */
export function useBoard(filters: Filters) {
  const input = { ...filters, perStage: PER_STAGE }
  const board = useAsk(deals.board, input, { live: ['deal', 'task'] })
  const [pages, setPages] = useState<Partial<Record<DealStage, number>>>({})
  const wanted = (board.data?.columns ?? []).flatMap(({ stage, nextCursor }) => (pages[stage] && nextCursor ? [{ stage, cursor: nextCursor, pages: pages[stage] }] : []))
  const closedSince = board.data?.closedSince
  const more = useQuery({
    queryKey: ['deal-columns', filters, wanted],
    enabled: wanted.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      new Map(await Promise.all(wanted.map(async (one) => [one.stage, await follow(one, { ...filters, ...(closedSince ? { closedSince } : {}) }, signal)] as const))),
  })
  const columns = board.data?.columns.map((column) => joined(column, pages[column.stage] ? more.data?.get(column.stage) : undefined))
  const showMore = (stage: DealStage): void => setPages((now) => ({ ...now, [stage]: (now[stage] ?? 0) + 1 }))
  return { ...board, columns, showMore, isLoadingMore: more.isFetching }
}

type Tail = { rows: DealRow[]; nextCursor: string | null }

async function follow(from: { stage: DealStage; cursor: string; pages: number }, filters: Filters & { closedSince?: string }, signal: AbortSignal): Promise<Tail> {
  const rows: DealRow[] = []
  let cursor: string | null = from.cursor
  for (let page = 0; page < from.pages && cursor; page++) {
    const found: Tail = await call(deals.list, { ...filters, stage: from.stage, limit: MORE, cursor }, { signal })
    rows.push(...found.rows)
    cursor = found.nextCursor
  }
  return { rows, nextCursor: cursor }
}

function joined(column: BoardColumn, tail: Tail | undefined): BoardColumn {
  if (!tail) return column
  const first = new Set(column.rows.map(({ id }) => id))
  return { ...column, rows: [...column.rows, ...tail.rows.filter(({ id, stage }) => !first.has(id) && stage === column.stage)], nextCursor: tail.nextCursor }
}
