import { setImmediate as breathe } from 'node:timers/promises'
import { reports } from '../../../contract/crm/report.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { isTimed, type Clock } from '../clock/clock.ts'
import { clockOf, clockRules, type Clocked } from '../leads/lead-row.ts'
import { figure, groupBy, reader, whole, type Query } from './figures.ts'

const MAX_LEADS = 10_000
/** Leads counted before others on this process get their turn: some milliseconds. */
const TURN = 250

type Row = Clocked & { responsibleId: string | null; sourceId: string; source: string }
const list = statement<Row>(
  'report_response',
  `
  select l.received_at "receivedAt", l.taken_at "takenAt", l.first_contact_at "firstContactAt", l.closed_at "closedAt", l.interest, l.outlet_id "outletId", l.responsible_id "responsibleId", l.source_id "sourceId", s.name source
  from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id
  where l.tenant_id = $1 and not l.handed_on and ${seenText('l', 2)} and l.received_at >= $5 and l.received_at < $6 and ($7::uuid is null or l.outlet_id = $7) and ($8::uuid is null or l.source_id = $8)
  order by l.received_at desc limit ${MAX_LEADS + 1}`,
)

type Timed = Pick<Row, 'responsibleId' | 'sourceId' | 'source'> & { take: Clock; firstContact: Clock }

/** Median and nine tenths in working minutes, and how many were in time, by the same clock that every chip of the tray shows. */
export const reportResponse = handle(reports.response, async (ctx, { since, until, outletId, sourceId }) => {
  const [rules, rows] = await Promise.all([clockRules(ctx), ctx.run(list, [...seerValues(reader(ctx)), since, until, outletId ?? null, sourceId ?? null])])
  const now = ctx.now()
  const timed: Timed[] = []
  const read = whole(rows, ({ receivedAt }) => receivedAt, MAX_LEADS)
  for (const [i, row] of read.rows.entries()) {
    if (i % TURN === TURN - 1) await breathe()
    const { take, firstContact } = clockOf(row, rules, now)
    timed.push({ responsibleId: row.responsibleId, sourceId: row.sourceId, source: row.source, take, firstContact })
  }
  const query: Query = { view: 'all', since: read.since?.toISOString() ?? since, until, outletId, sourceId }
  return {
    total: responseOf(timed, query),
    employees: [...groupBy(timed, (lead) => lead.responsibleId)].map(([employeeId, leads]) => ({
      employeeId,
      ...responseOf(leads, employeeId === null ? { ...query, ...nobody } : { ...query, responsibleId: employeeId }),
    })),
    sources: [...groupBy(timed, (lead) => lead.sourceId)].map(([id, leads]) => ({
      sourceId: id,
      source: leads[0]?.source ?? '',
      ...responseOf(leads, { ...query, sourceId: id }),
    })),
    isCut: read.since !== null,
  }
})
const nobody: Query = { isFree: true }

const responseOf = (leads: readonly Timed[], query: Query) => ({
  take: clockFigures(
    leads.map(({ take }) => take),
    query,
    'take',
  ),
  firstContact: clockFigures(
    leads.map(({ firstContact }) => firstContact),
    query,
    'contact',
  ),
})

function clockFigures(clocks: readonly Clock[], query: Query, which: 'take' | 'contact') {
  const spent = clocks
    .filter(isTimed)
    .map(({ spentMinutes }) => spentMinutes)
    .sort((a, b) => a - b)
  const inTime = clocks.filter(({ state }) => state === 'done').length
  const late = clocks.filter(({ state }) => state === 'done_late' || state === 'overdue').length
  return {
    medianMinutes: quantile(spent, 0.5),
    p90Minutes: quantile(spent, 0.9),
    timed: figure(spent.length, { ...query, clock: `${which}_timed` }),
    inTime: figure(inTime, { ...query, clock: `${which}_in_time` }),
    late: figure(late, { ...query, clock: `${which}_late` }),
  }
}

/** The smallest value that at least this share of the values does not exceed (nearest rank): always a time that a real client waited. */
export function quantile(sorted: readonly number[], share: number): number | null {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  return value === undefined ? null : Math.round(value)
}
