import { networkLeads, type NetworkQuery, type NetworkView } from '../../../contract/dnm/network-lead.ts'
import { cursorOf, fromCursor, handle, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { openStates } from '../routing/candidates.ts'
import { fitsClock, heatOf, reachedText } from './heat.ts'
import { networkColumns, networkJoins, toNetworkLead, type NetworkColumns } from './network-row.ts'

/** Unanswered requests are few in a network that works; beyond this the newest are looked at. */
export const MAX_UNANSWERED = 2_000
/** Rows looked through for one page of a list that asks for a clock. */
const SCAN = 500
const MAX_SCANS = 10

const unanswered = `n.state in ('offered', 'received', 'taken') and n.first_contact_at is null`
const where: Record<NetworkView, string> = {
  open: `n.state in ${openStates}`,
  burning: unanswered,
  unrouted: `n.state = 'unrouted'`,
  disputed: `n.state = 'disputed'`,
  closed: `n.state = 'closed'`,
  all: 'true',
}
const filters = `($2::uuid is null or n.dealer_id = $2) and ($3::text is null or n.interest = $3) and ($4::timestamptz is null or n.asked_at >= $4) and ($5::timestamptz is null or n.asked_at < $5)
  and ($6::text is null or case $6 ${Object.entries(reachedText)
    .map(([step, condition]) => `when '${step}' then ${condition}`)
    .join(' ')} end)`
const after = `($7::timestamptz is null or (n.asked_at, n.id) < ($7, $8::uuid)) order by n.asked_at desc, n.id desc limit $9`
const statements = Object.fromEntries(
  Object.entries(where).map(([view, condition]) => [
    view,
    statement<NetworkColumns>(`network_list_${view}`, `select ${networkColumns} from ${networkJoins} where n.tenant_id = $1 and ${condition} and ${filters} and ${after}`),
  ]),
) as Record<NetworkView, ReturnType<typeof statement<NetworkColumns>>>

type Place = { at: Date; id: string } | undefined
type Page = { rows: NetworkColumns[]; next: Place }
type Asked = { query: NetworkQuery; place: Place; limit: number }

const read = (ctx: Ctx, { view, dealerId, interest, since, until, reached }: NetworkQuery, page: { place?: Place; limit: number }): Promise<NetworkColumns[]> =>
  ctx.run(statements[view], [dealerId ?? null, interest ?? null, since ?? null, until ?? null, reached ?? null, page.place?.at ?? null, page.place?.id ?? null, page.limit])

/** Everything unanswered, newest first. */
export const readUnanswered = (ctx: Ctx): Promise<NetworkColumns[]> => read(ctx, { view: 'burning' }, { limit: MAX_UNANSWERED })

/** What depends on a clock is decided by the function that draws it, so list, chip and number never disagree. */
export const listNetworkLeads = handle(networkLeads.list, async (ctx, { cursor, limit, ...query }) => {
  const asked: Asked = { query, place: fromCursor(cursor), limit }
  const { rows, next } = await (query.view === 'burning' ? pageByDue(ctx, asked) : query.clock ? pageByClock(ctx, asked, query.clock) : pageByArrival(ctx, asked))
  return { rows: rows.map((row) => toNetworkLead(row, ctx.now())), nextCursor: next ? cursorOf(next.at, next.id) : null }
})

async function pageByArrival(ctx: Ctx, { query, place, limit }: Asked): Promise<Page> {
  const rows = await read(ctx, query, { place, limit: limit + 1 })
  const last = rows[limit - 1]
  return { rows: rows.slice(0, limit), next: rows.length > limit && last ? { at: last.askedAt, id: last.id } : undefined }
}

/** Whoever has waited longest beyond their time first; the place in the list is a due time. */
async function pageByDue(ctx: Ctx, { query, place, limit }: Asked): Promise<Page> {
  const now = ctx.now()
  const due = (await read(ctx, query, { limit: MAX_UNANSWERED }))
    .flatMap((row) => {
      const heat = heatOf(row, now)
      return heat.dueAt !== null && heat.isBurning && (!query.clock || fitsClock(heat, now, query.clock)) ? [{ row, dueAt: heat.dueAt }] : []
    })
    .filter(({ row, dueAt }) => !place || dueAt > place.at || (dueAt.getTime() === place.at.getTime() && row.id > place.id))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.row.id < b.row.id ? -1 : 1))
  const last = due[limit - 1]
  return { rows: due.slice(0, limit).map(({ row }) => row), next: due.length > limit && last ? { at: last.dueAt, id: last.row.id } : undefined }
}

/** The rows behind a response time. Goes on by cursor when a page is filled or enough was looked through. */
async function pageByClock(ctx: Ctx, { query, place, limit }: Asked, clock: NonNullable<NetworkQuery['clock']>): Promise<Page> {
  const rows: NetworkColumns[] = []
  let from = place
  for (let scans = 0; scans < MAX_SCANS; scans++) {
    const found = await read(ctx, query, { place: from, limit: SCAN })
    for (const row of found) {
      from = { at: row.askedAt, id: row.id }
      if (!fitsClock(heatOf(row, ctx.now()), ctx.now(), clock)) continue
      rows.push(row)
      if (rows.length === limit) return { rows, next: from }
    }
    if (found.length < SCAN) return { rows, next: undefined }
  }
  return { rows, next: from }
}

const counted = statement<{ open: number; unrouted: number; disputed: number }>(
  'network_counts',
  `
  select count(*) filter (where n.state in ${openStates})::int open, count(*) filter (where n.state = 'unrouted')::int unrouted, count(*) filter (where n.state = 'disputed')::int disputed
  from network_leads n where n.tenant_id = $1 and n.state <> 'closed'`,
)

export const countNetworkLeads = handle(networkLeads.counts, async (ctx) => {
  const [[counts], waiting] = await Promise.all([ctx.run(counted), readUnanswered(ctx)])
  if (!counts) throw new Error('a count without a row')
  return { counts: { ...counts, burning: waiting.filter((row) => heatOf(row, ctx.now()).isBurning).length } }
})
