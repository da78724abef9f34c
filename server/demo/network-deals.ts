/**
 * Working lists that the dealers have opened for people of the network. All that the platform tells the importer of one is its number, when it was opened
 * and when the car was sold; the stages, the sum and who leads it stay with the dealer.
 */
import { kopecks } from './cars.ts'
import type { DemoCompany, DemoModel, DemoOutlet } from './network.ts'
import { insertPlain, type Asking, type Ground } from './plain-rows.ts'
import type { Random } from './random.ts'
import { holdUntil } from './register.ts'
import { afterWorking, DAY } from './working-time.ts'

export type DealEnd = 'open' | 'won' | 'lost'
export type DealTold = {
  id: string
  amountKopecks: number
  openedAt: Date
  /** Stages after the first, each since when. */
  moves: { to: string; at: Date }[]
  lostReason: string | null
}
const ways: Record<DealEnd, readonly string[]> = { open: ['visit', 'offer', 'contract'], won: ['visit', 'offer', 'contract', 'delivery', 'won'], lost: ['visit', 'offer', 'lost'] }

type About = { outlet: DemoOutlet; model: DemoModel; openedAt: Date; end: DealEnd; now: number }
/** What has not come yet has not happened: such a list is still open. */
export function tellDeal(random: Random, { outlet, model, openedAt, end, now }: About): DealTold {
  const way = end === 'open' ? ways.open.slice(0, random.int(1, ways.open.length)) : ways[end]
  const moves: DealTold['moves'] = []
  let at = openedAt.getTime()
  for (const to of way) {
    at = afterWorking(outlet, at, random.int(240, 1_300))
    if (at > now) break
    moves.push({ to, at: new Date(at) })
  }
  return {
    id: random.uuid(openedAt),
    amountKopecks: kopecks(random.pick(model.trims).priceRoubles),
    openedAt,
    moves,
    lostReason: moves.at(-1)?.to === 'lost' ? random.pick(['price', 'competitor', 'postponed'] as const) : null,
  }
}

const endOf = ({ moves }: DealTold, stage: 'won' | 'lost'): Date | null => {
  const last = moves.at(-1)
  return last?.to === stage ? last.at : null
}
export const soldAt = (deal: DealTold): Date | null => endOf(deal, 'won')
const overAt = (deal: DealTold): Date | null => soldAt(deal) ?? endOf(deal, 'lost')

/** A list together with the request it came of, at the dealer. */
export type DealOf = { deal: DealTold; leadId: string; personId: string; outlet: DemoOutlet; modelId: string; responsibleId: string }

/** On which line of the register the client is held for it, and until when: a sale that came about holds them for its papers, any other for a month after its end. */
export function holdOf({ activities }: DemoCompany, { deal, outlet }: Pick<DealOf, 'deal' | 'outlet'>): { code: 'lead' | 'sale'; since: Date; until: Date | null } {
  const sold = soldAt(deal)
  const sale = activities.find(({ code }) => code === 'sale')
  if (!sale) throw new RangeError('the register has no sales')
  if (sold) return { code: 'sale', since: sold, until: holdUntil(sale, sold, outlet.timeZone) }
  const over = overAt(deal)
  return { code: 'lead', since: deal.openedAt, until: over && new Date(over.getTime() + 30 * DAY) }
}

/** Writes them at the dealer, with how they went over the board. */
export async function writeDeals({ run }: Pick<Ground, 'run'>, random: Random, company: DemoCompany, deals: readonly DealOf[]): Promise<void> {
  const { tenantId } = company.tenant
  await insertPlain(
    run,
    'deals',
    deals.map((one) => dealRow(tenantId, one)),
  )
  await insertPlain(
    run,
    'deal_moves',
    deals.flatMap(({ deal, responsibleId }) =>
      deal.moves.map(({ to, at }, place) => ({
        tenant_id: tenantId,
        id: random.uuid(at),
        deal_id: deal.id,
        from_stage: deal.moves[place - 1]?.to ?? 'contact',
        to_stage: to,
        lost_reason: to === 'lost' ? deal.lostReason : null,
        by_id: responsibleId,
        at,
      })),
    ),
  )
  await insertPlain(
    run,
    'grounds',
    deals.map((one) => {
      const { code, since, until } = holdOf(company, one)
      const activity = company.activities.find((line) => line.code === code)
      return { tenant_id: tenantId, id: random.uuid(since), person_id: one.personId, activity_id: activity?.id, basis: 'contract', evidence: { dealId: one.deal.id }, since, until }
    }),
  )
}

const dealRow = (tenantId: string, { deal, leadId, personId, outlet, modelId, responsibleId }: DealOf): Record<string, unknown> => ({
  tenant_id: tenantId,
  id: deal.id,
  person_id: personId,
  lead_id: leadId,
  outlet_id: outlet.id,
  responsible_id: responsibleId,
  model_id: modelId,
  stage: deal.moves.at(-1)?.to ?? 'contact',
  lost_reason: deal.lostReason,
  amount_kopecks: deal.amountKopecks,
  opened_at: deal.openedAt,
  stage_since: deal.moves.at(-1)?.at ?? deal.openedAt,
  closed_at: overAt(deal),
  version: deal.moves.length + 1,
})

/** The numbers that the database has given, by list. */
export async function dealNumbersOf(run: Asking, tenantId: string, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await run('select id, number from deals where tenant_id = $1 and id = any ($2::uuid[])', [tenantId, ids])
  return new Map((rows as { id: string; number: string | number }[]).map(({ id, number }) => [id, String(number)]))
}
