import { staff, type StaffState } from '../../../contract/identity/staff.ts'
import type { Role } from '../../../contract/permissions.ts'
import { fromCursor, handle, pageOf } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { namesOfStaff } from './names-of-staff.ts'

type Row = {
  id: string
  personId: string
  role: Role
  position: string
  outletId: string | null
  departmentId: string | null
  state: StaffState
  hasSecondFactor: boolean
  lastSeenAt: Date | null
  since: Date
  version: number
}
const list = statement<Row>(
  'staff_list',
  `
  with known as (
    select e.id, e.person_id, e.account_id, e.role, e.position, e.outlet_id, e.department_id, e.created_at, e.version,
      case when e.is_active then 'active' when i.id is null or i.accepted_at is not null then 'left' when i.expires_at > $2 then 'invited' else 'expired' end state
    from employees e left join lateral (
      select i.id, i.accepted_at, i.expires_at from invitations i where i.tenant_id = $1 and i.employee_id = e.id order by i.id desc limit 1) i on true
    where e.tenant_id = $1 and e.person_id is not null)
  select k.id, k.person_id "personId", k.role, k.position, k.outlet_id "outletId", k.department_id "departmentId", k.state, a.totp_confirmed_at is not null "hasSecondFactor",
    (select max(s.last_seen_at) from sessions s where s.tenant_id = $1 and s.employee_id = k.id) "lastSeenAt", k.created_at since, k.version
  from known k join accounts a on a.id = k.account_id
  where ($3::boolean or k.state <> 'left') and ($4::timestamptz is null or (k.created_at, k.id) > ($4, $5::uuid))
  order by k.created_at, k.id limit $6`,
)

/** Colleagues by how long they are here. When somebody was here last is for those who run the company's staff, not for every colleague (152-ФЗ art. 5 ч.5). */
export const listStaff = handle(staff.list, async (ctx, { view, cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [ctx.now(), view === 'all', place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.since, row.id])
  const names = await namesOfStaff(
    ctx,
    shown.map(({ personId }) => personId),
  )
  const seesMore = ctx.actor.role === 'administrator'
  return {
    rows: shown.map(({ lastSeenAt, since, hasSecondFactor, ...row }) => ({
      ...row,
      name: names.get(row.personId) ?? '',
      since: since.toISOString(),
      hasSecondFactor: seesMore && hasSecondFactor,
      lastSeenAt: (seesMore ? lastSeenAt?.toISOString() : null) ?? null,
    })),
    nextCursor,
  }
})
