import { siteContent } from '../../../contract/site/content.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type Row = { day: string; views: number; visitors: number; requests: number }
const visits = statement<Row>(
  'site_visits_shown',
  `
  with days as (select (($2::timestamptz at time zone 'Europe/Moscow')::date - n) as day from generate_series(0, $3::int - 1) n),
  seen as (select day, sum(views)::int views, sum(visitors)::int visitors from site_visits where tenant_id = $1 and day >= (select min(day) from days) group by day),
  asked as (select (at at time zone 'Europe/Moscow')::date as day, count(*)::int requests from site_requests where tenant_id = $1 and at >= $2::timestamptz - make_interval(days => $3::int + 1) group by 1)
  select to_char(d.day, 'YYYY-MM-DD') as day, coalesce(s.views, 0) views, coalesce(s.visitors, 0) visitors, coalesce(a.requests, 0) requests
  from days d left join seen s on s.day = d.day left join asked a on a.day = d.day order by d.day desc`,
)

/** Days of Moscow, newest first. Only visitors who allowed it are counted; requests are all of them. */
export const showVisits = handle(siteContent.visits, async (ctx, { days }) => ({ days: await ctx.run(visits, [ctx.now(), days]) }))
