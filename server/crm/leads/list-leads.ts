import { leads, type LeadQuery, type LeadView } from '../../../contract/crm/lead.ts'
import { cursorOf, fromCursor, handle, seer, type Ctx } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues, type Seer } from '../../vault/index.ts'
import { fitsClock, heatOf, isContactOverdue, unanswered } from './burning.ts'
import { clockRules, leadColumns, leadJoins, toLead, type ClockRules, type LeadColumns } from './lead-row.ts'
import { reached } from './lead-steps.ts'

/** Unanswered leads are few in a dealership that works; beyond this the ones that have waited longest are looked at, and the numbers say that there are more. */
export const MAX_UNANSWERED = 2_000
/** Rows looked through for one page of a list that asks for a decided clock. */
const SCAN = 500
const MAX_SCANS = 10

/** What was handed on to a dealer of the network is no longer ours to answer. */
const isOpen = `l.status in ('new', 'in_work') and not l.handed_on`
const where: Record<LeadView, string> = {
  open: isOpen,
  mine: `${isOpen} and l.responsible_id = $4`,
  unassigned: `${isOpen} and l.responsible_id is null`,
  burning: unanswered,
  unanswered,
  escalated: `${isOpen} and l.escalated_at is not null`,
  closed: `l.status = 'closed' and not l.handed_on`,
  all: 'not l.handed_on',
}
const filters = `${seenText('l', 2)} and ($5::uuid is null or l.outlet_id = $5) and ($6::uuid is null or l.source_id = $6) and ($7::uuid is null or l.responsible_id = $7)
  and ($8::text is null or l.interest = $8) and ($9::timestamptz is null or l.received_at >= $9) and ($10::timestamptz is null or l.received_at < $10)
  and (not $12::boolean or l.responsible_id is null) and ($11::text is null or case $11 ${Object.entries(reached)
    .map(([step, condition]) => `when '${step}' then ${condition}`)
    .join(' ')} end)`
const after = `($13::timestamptz is null or (l.received_at, l.id) < ($13, $14::uuid)) order by l.received_at desc, l.id desc limit $15`
const statements = Object.fromEntries(
  Object.entries(where).map(([view, condition]) => [
    view,
    statement<LeadColumns>(`lead_list_${view}`, `select ${leadColumns} from ${leadJoins} where l.tenant_id = $1 and ${condition} and ${filters} and ${after}`),
  ]),
) as Record<LeadView, ReturnType<typeof statement<LeadColumns>>>

/** The same lists, those only that nobody has answered, and whoever has waited longest first: what burns is never among those cut off. */
const waiting = Object.fromEntries(
  Object.entries(where).map(([view, condition]) => [
    view,
    statement<LeadColumns>(
      `lead_waiting_${view}`,
      `select ${leadColumns} from ${leadJoins} where l.tenant_id = $1 and ${condition} and ${unanswered} and ${filters} order by l.received_at, l.id limit $13`,
    ),
  ]),
) as Record<LeadView, ReturnType<typeof statement<LeadColumns>>>

type Place = { at: Date; id: string } | undefined
type Page = { rows: LeadColumns[]; next: Place }
type Asked = { query: LeadQuery; place: Place; limit: number; rules: ClockRules }

const valuesOf = (who: Seer, query: Omit<LeadQuery, 'view'>): unknown[] => [
  ...seerValues(who),
  query.outletId ?? null,
  query.sourceId ?? null,
  query.responsibleId ?? null,
  query.interest ?? null,
  query.since ?? null,
  query.until ?? null,
  query.reached ?? null,
  query.isFree ?? false,
]
const read = (ctx: Ctx, query: LeadQuery, place: Place, limit: number): Promise<LeadColumns[]> =>
  ctx.run(statements[query.view], [...valuesOf(seer(ctx.actor, 'lead.read_all'), query), place?.at ?? null, place?.id ?? null, limit])

export type Waiting = { rows: LeadColumns[]; isCut: boolean }
async function readWaiting(ctx: Ctx, { view, ...query }: LeadQuery, who: Seer): Promise<Waiting> {
  const rows = await ctx.run(waiting[view], [...valuesOf(who, query), MAX_UNANSWERED + 1])
  return { rows: rows.slice(0, MAX_UNANSWERED), isCut: rows.length > MAX_UNANSWERED }
}

/** Everything open and unanswered that `who` sees, whoever has waited longest first; `isCut`: there are more than are looked at. */
export const readUnanswered = (ctx: Ctx, { outletId }: { outletId?: string | undefined }, who: Seer): Promise<Waiting> => readWaiting(ctx, { view: 'burning', outletId }, who)

/** The tray. What depends on a clock is decided by the function that draws it, so list, chip and number never disagree. */
export const listLeads = handle(leads.list, async (ctx, { cursor, limit, ...query }) => {
  const asked: Asked = { query, place: fromCursor(cursor), limit, rules: await clockRules(ctx) }
  const { rows, next } = await pageOf(ctx, asked)
  const people = await maskedPeople(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return {
    rows: rows.map((row) => ({ ...toLead(row, asked.rules, ctx.now()), masked: people.get(row.personId) ?? null })),
    nextCursor: next ? cursorOf(next.at, next.id) : null,
  }
})

function pageOf(ctx: Ctx, asked: Asked): Promise<Page> {
  const { view, clock } = asked.query
  if (view === 'burning' || view === 'unanswered' || clock === 'overdue' || clock === 'soon') return pageByDue(ctx, asked)
  return clock ? pageByClock(ctx, asked, clock) : pageByArrival(ctx, asked)
}

async function pageByArrival(ctx: Ctx, { query, place, limit }: Asked): Promise<Page> {
  const rows = await read(ctx, query, place, limit + 1)
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? { at: last.receivedAt, id: last.id } : undefined }
}

/** Unanswered leads, the one that has waited longest beyond its time first; the place in the list is a due time. */
async function pageByDue(ctx: Ctx, { query, place, limit, rules }: Asked): Promise<Page> {
  const now = ctx.now()
  const found = await readWaiting(ctx, query, seer(ctx.actor, 'lead.read_all'))
  const due = found.rows
    .map((row) => ({ row, ...heatOf(row, rules, now) }))
    .filter(({ row, heat }) => (query.view === 'burning' ? heat !== null : query.view !== 'unanswered' || isContactOverdue(row, rules, now)))
    .filter(({ heat }) => query.clock === undefined || heat === query.clock)
    .filter(({ row, dueAt }) => !place || dueAt > place.at || (dueAt.getTime() === place.at.getTime() && row.id > place.id))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.row.id < b.row.id ? -1 : 1))
  const last = due[limit - 1]
  return { rows: due.slice(0, limit).map(({ row }) => row), next: due.length > limit && last ? { at: last.dueAt, id: last.row.id } : undefined }
}

/** Leads of any state whose clock ended so: the rows behind the response times. Goes on by cursor when a page is filled or enough was looked through. */
async function pageByClock(ctx: Ctx, { query, place, limit, rules }: Asked, clock: Parameters<typeof fitsClock>[3]): Promise<Page> {
  const rows: LeadColumns[] = []
  let from = place
  for (let scans = 0; scans < MAX_SCANS; scans++) {
    const found = await read(ctx, query, from, SCAN)
    for (const row of found) {
      from = { at: row.receivedAt, id: row.id }
      if (!fitsClock(row, rules, ctx.now(), clock)) continue
      rows.push(row)
      if (rows.length === limit) return { rows, next: from }
    }
    if (found.length < SCAN) return { rows, next: undefined }
  }
  return { rows, next: from }
}

const counted = statement<{ open: number; mine: number; unassigned: number; escalated: number }>(
  'lead_counts',
  `
  select count(*)::int open, count(*) filter (where l.responsible_id = $4)::int mine, count(*) filter (where l.responsible_id is null)::int unassigned, count(*) filter (where l.escalated_at is not null)::int escalated
  from leads l where l.tenant_id = $1 and ${isOpen} and ${seenText('l', 2)}`,
)

/** The numbers on the tray's tabs, by the same conditions as the lists behind them. */
export const countLeads = handle(leads.counts, async (ctx) => {
  const who = seer(ctx.actor, 'lead.read_all')
  const now = ctx.now()
  const [rules, [counts], { rows, isCut }] = await Promise.all([clockRules(ctx), ctx.run(counted, seerValues(who)), readUnanswered(ctx, {}, who)])
  if (!counts) throw new Error('a count without a row')
  return {
    counts: {
      ...counts,
      burning: rows.filter((row) => heatOf(row, rules, now).heat !== null).length,
      unanswered: rows.filter((row) => isContactOverdue(row, rules, now)).length,
    },
    isCut,
  }
})
