import { deals } from '../../../contract/crm/deal.ts'
import type { TestDriveStatus } from '../../../contract/crm/test-drive.ts'
import { handle, seer } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { toDeal } from './deal-row.ts'
import { movesOf, readDeal, undoUntilOf } from './one-deal.ts'

const drivesOf = statement<{ id: string; startsAt: Date; status: TestDriveStatus; model: string; version: number }>(
  'deal_drives',
  `
  select t.id, t.starts_at "startsAt", t.status, m.name model, t.version
  from test_drives t join stock_vehicles v on v.tenant_id = $1 and v.id = t.vehicle_id join models m on m.id = v.model_id
  where t.tenant_id = $1 and t.deal_id = $2 order by t.starts_at desc limit 50`,
)

/** One working list: the masked person, every move, the test drives. */
export const showDeal = handle(deals.get, async (ctx, { dealId }) => {
  const deal = await readDeal(ctx, dealId)
  const [moves, drives, people] = await Promise.all([movesOf(ctx, dealId), ctx.run(drivesOf, [dealId]), maskedPeople(ctx, [deal.personId])])
  return {
    ...toDeal(deal),
    masked: people.get(deal.personId) ?? null,
    undoUntil: undoUntilOf(ctx, moves)?.toISOString() ?? null,
    moves: moves.map((move) => ({ ...move, at: move.at.toISOString(), undoneAt: move.undoneAt?.toISOString() ?? null })),
    testDrives: drives.map((drive) => ({ ...drive, startsAt: drive.startsAt.toISOString() })),
  }
})

const peopleOf = statement<{ dealId: string; personId: string | null }>(
  'deal_people',
  `
  select d.id "dealId", d.person_id "personId" from deals d where d.tenant_id = $1 and d.id = any ($5::uuid[]) and ${seenText('d', 2)}`,
)

/** Masked names for the cards of a board, asked for once per card: a board that moves does not show everybody anew. */
export const nameDeals = handle(deals.names, async (ctx, { dealIds }) => {
  const rows = await ctx.run(peopleOf, [...seerValues(seer(ctx.actor, 'deal.read_all')), dealIds])
  const people = await maskedPeople(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return { names: rows.map(({ dealId, personId }) => ({ dealId, masked: people.get(personId) ?? null })) }
})
