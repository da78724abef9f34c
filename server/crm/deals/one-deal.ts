import { UNDO_MOVE_MINUTES, type DealStage, type LostReason } from '../../../contract/crm/deal.ts'
import { may, notFound, seer, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { dealColumns, dealJoins, type DealColumns } from './deal-row.ts'

const one = (lock: string) =>
  statement<DealColumns>(`deal_one${lock ? '_locked' : ''}`, `select ${dealColumns} from ${dealJoins} where d.tenant_id = $1 and d.id = $5 and ${seenText('d', 2)}${lock}`)
const reading = one('')
const changing = one(' for update of d')

/** A working list that the actor may see; any other does not exist. */
export async function readDeal(ctx: Ctx, dealId: string): Promise<DealColumns> {
  const [row] = await ctx.run(reading, [...seerValues(seer(ctx.actor, 'deal.read_all')), dealId])
  if (!row) throw notFound()
  return row
}

export type LockedDeal = DealColumns & { personId: string }

/** The same, locked for a change; refuses a lost update and shows what stands there now. What is left of a destroyed person's deal changes no more. */
export async function lockDeal(ctx: Ctx, dealId: string, version: number): Promise<LockedDeal> {
  const [row] = await ctx.run(changing, [...seerValues(seer(ctx.actor, 'deal.read_all')), dealId])
  if (!row) throw notFound()
  if (row.version !== version) {
    const { stage, amountKopecks, modelId, responsibleId, specialistId } = row
    throw stale({ version: row.version, stage, amountKopecks, modelId, responsibleId, specialistId })
  }
  if (row.personId === null) throw wrongState('destroyed')
  return { ...row, personId: row.personId }
}

export type MoveColumns = { id: string; from: DealStage; to: DealStage; lostReason: LostReason | null; byId: string; at: Date; undoneAt: Date | null }
const moves = statement<MoveColumns>(
  'deal_moves_of',
  `
  select id, from_stage "from", to_stage "to", lost_reason "lostReason", by_id "byId", at, undone_at "undoneAt" from deal_moves where tenant_id = $1 and deal_id = $2 order by at desc, id desc limit 100`,
)

/** What has happened to the stage, newest first; at most the last hundred. */
export const movesOf = (ctx: Ctx, dealId: string): Promise<MoveColumns[]> => ctx.run(moves, [dealId])

/** Until when the asker may take the last move back: their own, or anybody's for whoever sees every deal. Null: not at all. */
export function undoUntilOf(ctx: Ctx, history: readonly MoveColumns[]): Date | null {
  const last = history.find(({ undoneAt }) => undoneAt === null)
  if (!last || !may(ctx.actor, 'deal.edit') || (last.byId !== ctx.actor.id && !may(ctx.actor, 'deal.read_all'))) return null
  const until = new Date(last.at.getTime() + UNDO_MOVE_MINUTES * 60_000)
  return until > ctx.now() ? until : null
}

/** Tells the open boards of those who see this deal. */
export const tellDeal = (ctx: Ctx, { id, outletId, responsibleId, specialistId }: Pick<DealColumns, 'id' | 'outletId' | 'responsibleId' | 'specialistId'>): void =>
  ctx.live({ kind: 'deal', id, outletId, responsibleId, specialistId })
