import { register } from '../../../contract/people/register.ts'
import type { Activity } from '../../../contract/people/register.ts'
import { handle, may } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const columns = `a.id, a.code, a.name, a.purposes, a.bases, a.classes, a.retention_days "retentionDays", a.counts_from_year_end "countsFromYearEnd", a.retention_from "retentionFrom",
  a.legal_ref "legalRef", a.destruction, a.version`
const list = statement<Activity>('register_list', `select ${columns}, null::int people from activities a where a.tenant_id = $1 order by a.name, a.id limit 200`)
const counted = statement<Activity>(
  'register_counted',
  `
  select ${columns}, coalesce(held.people, 0)::int people
  from activities a left join (
    select activity_id, count(distinct person_id) people from grounds where tenant_id = $1 and ended_at is null and (until is null or until > $2) group by activity_id
  ) held on held.activity_id = a.id
  where a.tenant_id = $1 order by a.name, a.id limit 200`,
)

/** The register; whoever keeps it also sees how many people each line holds right now (152-ФЗ art. 18.1 ч.1). */
export const listActivities = handle(register.list, async (ctx) => ({
  activities: await (may(ctx.actor, 'register.edit') ? ctx.run(counted, [ctx.now()]) : ctx.run(list)),
}))
