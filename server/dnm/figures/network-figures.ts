import { setImmediate as breathe } from 'node:timers/promises'
import type { z } from 'zod'
import { networkFigures, SMALL_CELL, type DealerFigures, type NetworkFigure } from '../../../contract/dnm/figures.ts'
import type { NetworkQuery } from '../../../contract/dnm/network-lead.ts'
import { clockFits, isTimed, quantile, whole } from '../../crm/index.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { heatOf } from '../leads/heat.ts'
import { readUnanswered } from '../leads/list-network-leads.ts'
import { networkClock, networkColumns, networkJoins, type NetworkColumns } from '../leads/network-row.ts'

const MAX_LEADS = 20_000
/** Requests counted before others on this process get their turn: some milliseconds. */
const TURN = 250

const list = statement<NetworkColumns>(
  'network_figures',
  `select ${networkColumns} from ${networkJoins} where n.tenant_id = $1 and n.asked_at >= $2 and n.asked_at < $3 order by n.asked_at desc limit ${MAX_LEADS + 1}`,
)

type Counted = {
  dealerId: string | null
  dealer: string | null
  take: number | null
  contact: number | null
  clocks: Record<ClockName, boolean>
  contacted: boolean
  deal: boolean
  sold: boolean
}
const clockNames = ['take_in_time', 'take_late', 'take_timed', 'contact_in_time', 'contact_late', 'contact_timed'] as const
type ClockName = (typeof clockNames)[number]
type Query = Partial<NetworkQuery>

/** From states and times alone. The dealer who has a request answers for it; what was taken from somebody counts where it went. */
export const showNetworkFigures = handle(networkFigures.dealers, async (ctx, { since, until }) => {
  const now = ctx.now()
  const [rows, waiting, dealers] = await Promise.all([
    ctx.run(list, [since, until]),
    readUnanswered(ctx),
    ctx.db.selectFrom('networkDealers').select(['id', 'name']).orderBy('name').orderBy('id').limit(500).execute(),
  ])
  const counted: Counted[] = []
  const read = whole(rows, ({ askedAt }) => askedAt, MAX_LEADS)
  for (const [i, row] of read.rows.entries()) {
    if (i % TURN === TURN - 1) await breathe()
    counted.push(count(row, now))
  }
  const burning = Map.groupBy(
    waiting.filter((row) => heatOf(row, now).isBurning),
    ({ dealerId }) => dealerId,
  )
  const of = Map.groupBy(counted, ({ dealerId }) => dealerId)
  const query: Query = { view: 'all', since: read.since?.toISOString() ?? since, until }
  return {
    total: figuresOf(counted, [...burning.values()].flat().length, null, query),
    dealers: dealers.map((dealer) => figuresOf(of.get(dealer.id) ?? [], burning.get(dealer.id)?.length ?? 0, dealer, { ...query, dealerId: dealer.id })),
    isCut: read.since !== null,
  }
})

function count(row: NetworkColumns, now: Date): Counted {
  const clock = networkClock(row, now)
  const spent = (which: NonNullable<typeof clock>['take'] | undefined): number | null => (which && isTimed(which) ? which.spentMinutes : null)
  return {
    dealerId: row.dealerId,
    dealer: row.dealer,
    take: spent(clock?.take),
    contact: spent(clock?.firstContact),
    clocks: Object.fromEntries(clockNames.map((name) => [name, clock !== null && clockFits(clock, name)])) as Counted['clocks'],
    contacted: row.firstContactAt !== null,
    deal: row.dealAt !== null,
    sold: row.soldAt !== null,
  }
}

/** Of fewer than five people only how many there are is told: the rest would speak of somebody. */
function figuresOf(leads: readonly Counted[], burning: number, dealer: { id: string; name: string } | null, query: Query): z.input<typeof DealerFigures> {
  const isSmall = leads.length > 0 && leads.length < SMALL_CELL
  const figure = (value: number, more: Query): z.input<typeof NetworkFigure> => ({ value: isSmall ? null : value, query: { ...query, ...more } })
  const clock = (name: ClockName) => figure(leads.filter(({ clocks }) => clocks[name]).length, { clock: name })
  const times = (which: 'take' | 'contact'): number[] => leads.flatMap((lead) => lead[which] ?? []).sort((a, b) => a - b)
  const time = (which: 'take' | 'contact', share: number): number | null => (times(which).length < SMALL_CELL ? null : quantile(times(which), share))
  const { since: _since, until: _until, ...always } = query
  return {
    dealerId: dealer?.id ?? null,
    dealer: dealer?.name ?? null,
    leads: { value: leads.length, query },
    burning: { value: burning, query: { ...always, view: 'burning' } },
    takeMedianMinutes: time('take', 0.5),
    takeP90Minutes: time('take', 0.9),
    contactMedianMinutes: time('contact', 0.5),
    contactP90Minutes: time('contact', 0.9),
    takenTimed: clock('take_timed'),
    contactTimed: clock('contact_timed'),
    takenInTime: clock('take_in_time'),
    takenLate: clock('take_late'),
    contactInTime: clock('contact_in_time'),
    contactLate: clock('contact_late'),
    contacted: figure(leads.filter(({ contacted }) => contacted).length, { reached: 'contacted' }),
    deals: figure(leads.filter(({ deal }) => deal).length, { reached: 'deal' }),
    sold: figure(leads.filter(({ sold }) => sold).length, { reached: 'sold' }),
  }
}

const MAX_DAYS = 20_000

type Day = { dealerId: string; day: string; leads: number; contacted: number; deals: number }
const days = statement<Day>(
  'network_figures_days',
  `
  select n.dealer_id "dealerId", to_char(n.asked_at at time zone coalesce(o.time_zone, 'UTC'), 'YYYY-MM-DD') "day", count(*)::int leads, count(n.first_contact_at)::int contacted, count(n.deal_at)::int deals
  from network_leads n left join network_outlets o on o.tenant_id = $1 and o.id = n.outlet_id
  where n.tenant_id = $1 and n.asked_at >= $2 and n.asked_at < $3 and n.dealer_id is not null group by 1, 2 order by 2 desc, 1 limit ${MAX_DAYS + 1}`,
)

export const showNetworkDays = handle(networkFigures.days, async (ctx, { since, until }) => {
  const rows = await ctx.run(days, [since, until])
  return {
    days: rows.slice(0, MAX_DAYS).map((row) => (row.leads < SMALL_CELL ? { ...row, leads: null, contacted: null, deals: null } : row)),
    isCut: rows.length > MAX_DAYS,
  }
})
