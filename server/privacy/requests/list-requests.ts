import { requests, requestViews, type RequestView } from '../../../contract/privacy/request.ts'
import { fromCursor, handle, pageOf } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { addCalendarDays } from '../../platform/calendar/working-days.ts'
import { statement } from '../../platform/db/session.ts'
import { companyToday } from '../terms/company-day.ts'
import { requestColumns, toRequest, type RequestColumns } from './request-row.ts'

/** A request that is due within three days burns: a weekend may lie between. */
const SOON_DAYS = 3
const due = 'coalesce(r.extended_to, r.due_on)'
const isOpen = `r.state in ('new', 'in_work')`
/** `$2` is today, `$3` the last day that is soon. */
const conditions: Record<RequestView, string> = {
  open: isOpen,
  due_soon: `${isOpen} and ${due} between $2::date and $3::date`,
  overdue: `${isOpen} and ${due} < $2::date`,
  answered: `r.state in ('answered', 'refused', 'executed')`,
}
// What is open is read by its day, what is closed newest first; both by a key that does not move while one pages.
const place: Record<RequestView, { key: string; order: 'asc' | 'desc' }> = {
  open: { key: `${due}::timestamp at time zone 'UTC'`, order: 'asc' },
  due_soon: { key: `${due}::timestamp at time zone 'UTC'`, order: 'asc' },
  overdue: { key: `${due}::timestamp at time zone 'UTC'`, order: 'asc' },
  answered: { key: 'r.answered_at', order: 'desc' },
}
type Listed = RequestColumns & { placeAt: Date }
const lists = Object.fromEntries(
  requestViews.map((view) => {
    const { key, order } = place[view]
    const text = `
  select ${requestColumns}, ${key} "placeAt" from subject_requests r
  where r.tenant_id = $1 and ${conditions[view]} and $2::date is not null and $3::date is not null and ($4::text is null or r.kind = $4)
    and ($5::timestamptz is null or (${key}, r.id) ${order === 'asc' ? '>' : '<'} ($5, $6::uuid))
  order by ${key} ${order}, r.id ${order} limit $7`
    return [view, statement<Listed>(`request_list_${view}`, text)]
  }),
) as Record<RequestView, ReturnType<typeof statement<Listed>>>

export const listRequests = handle(requests.list, async (ctx, { view, kind, cursor, limit }) => {
  const [after, today] = [fromCursor(cursor), await companyToday(ctx)]
  const rows = await ctx.run(lists[view], [today, addCalendarDays(today, SOON_DAYS), kind ?? null, after?.at ?? null, after?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.placeAt, row.id])
  const people = await maskedPeople(
    ctx,
    shown.map(({ personId }) => personId),
  )
  return {
    rows: shown.map((row) => ({ ...toRequest(row, today), masked: people.get(row.personId) ?? null })),
    nextCursor,
  }
})

const count = statement<Record<RequestView, number>>(
  'request_counts',
  `
  select ${requestViews.map((view) => `count(*) filter (where ${conditions[view]})::int "${view}"`).join(', ')} from subject_requests r
  where r.tenant_id = $1 and $2::date is not null and $3::date is not null and (${isOpen} or r.answered_at > $4::timestamptz)`,
)
const RECENT_MS = 90 * 86_400_000

export const countRequests = handle(requests.counts, async (ctx) => {
  const today = await companyToday(ctx)
  const [counted] = await ctx.run(count, [today, addCalendarDays(today, SOON_DAYS), new Date(ctx.now().getTime() - RECENT_MS)])
  return counted ?? ({ open: 0, due_soon: 0, overdue: 0, answered: 0 } satisfies Record<RequestView, number>)
})
