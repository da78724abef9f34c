import { destructions, type DestructionReason } from '../../../contract/privacy/destruction.ts'
import { countHeld, fromCursor, handle, pageOf, wrongState } from '../../kernel/index.ts'
import { destroyPeople, disclosuresOf, dueReason, liveGroundsOf, maskedPeople, visiblePerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'

type Due = { personId: string; destroyAfter: Date; isRestricted: boolean; isOver: boolean; reason: DestructionReason }
const list = statement<Due>(
  'destruction_due',
  `
  select p.id "personId", p.destroy_after "destroyAfter", p.restricted_at is not null "isRestricted", coalesce(${dueReason}, 'retention_expired') reason,
    not exists (select from grounds g where g.tenant_id = $1 and g.person_id = p.id and g.ended_at is null and (g.until is null or g.until > $2)) "isOver"
  from persons p where p.tenant_id = $1 and p.destroy_after is not null and p.kind = 'customer' and ($3::timestamptz is null or (p.destroy_after, p.id) > ($3, $4::uuid))
  order by p.destroy_after, p.id limit $5`,
)

/** Who goes and when, the nearest first: whose last ground is over, and whose term runs out. */
export const listDue = handle(destructions.due, async (ctx, { cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [ctx.now(), place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.destroyAfter, row.personId])
  const people = await maskedPeople(
    ctx,
    shown.map(({ personId }) => personId),
  )
  return {
    rows: shown.map((row) => ({ ...row, destroyAfter: row.destroyAfter.toISOString(), masked: people.get(row.personId) ?? null })),
    nextCursor,
  }
})

const openRequests = statement<{ count: number }>(
  'destruction_open_requests',
  `select count(*)::int count from subject_requests where tenant_id = $1 and person_id = $2 and state in ('new', 'in_work')`,
)

/** What would go, before it does: the first of the two steps. */
export const previewDestruction = handle(destructions.preview, async (ctx, { personId }) => {
  const { restrictedAt } = await visiblePerson(ctx, personId)
  const { classes, rows } = await countHeld(ctx, [personId])
  const [open] = await ctx.run(openRequests, [personId])
  return {
    masked: (await maskedPeople(ctx, [personId])).get(personId) ?? null,
    classes: Object.entries(classes).map(([code, count]) => ({ code, count })),
    // Facts are told by their classes.
    rows: rows.filter(({ table }) => table !== 'facts'),
    recipients: new Set((await disclosuresOf(ctx, [personId])).map(({ recipientName }) => recipientName)).size,
    liveGrounds: (await liveGroundsOf(ctx, personId)).length,
    openRequests: open?.count ?? 0,
    isRestricted: restrictedAt !== null,
  }
})

const locked = statement<{ isRestricted: boolean; reason: DestructionReason }>(
  'destruction_lock',
  `
  select p.restricted_at is not null "isRestricted", coalesce(${dueReason}, 'retention_expired') reason from persons p
  where p.tenant_id = $1 and p.id = $2 and p.kind = 'customer' for update of p`,
)

/** The second step. Only whom nothing holds any more: a live ground, a restriction or an open request of theirs refuses it by name (152-ФЗ art. 21 ч.1, 4, 5). */
export const destroyNow = handle(destructions.now, async (ctx, { personId }) => {
  await visiblePerson(ctx, personId)
  const [person] = await ctx.run(locked, [personId])
  if (!person || person.isRestricted) throw wrongState(person ? 'restricted' : 'destroyed')
  if ((await liveGroundsOf(ctx, personId)).length > 0) throw wrongState('held')
  const [open] = await ctx.run(openRequests, [personId])
  if ((open?.count ?? 0) > 0) throw wrongState('request_open')
  return { actId: await destroyPeople(ctx, { personIds: [personId], reason: person.reason }) }
})
