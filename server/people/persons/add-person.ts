import { Refusal, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Contact, Sealed, SealItem } from '../../vault/index.ts'

export type NewPerson = {
  kind?: 'customer' | 'employee'
  contact: Contact
  outletId: string | null
  responsibleId: string | null
  /** No ground, no data: the activity must stand in the tenant's register and allow this basis. */
  ground: { activityCode: string; basis: string; evidence: Record<string, string>; until?: Date }
  /** Several addresses for which nobody vouches: until somebody does, not each of them opens the person's own page. */
  unproved?: 'fresh' | 'both' | null
  /** Further facts sealed in the same transaction: the text of a request, a car. */
  facts?: (personId: string) => SealItem[]
}

const add = statement<{ grounds: number }>(
  'person_add',
  `
  with held as (select id from activities where tenant_id = $1 and code = $3 and $4 = any (bases)),
  person as (insert into persons (tenant_id, id, kind, outlet_id, responsible_id, destroy_after, created_at, updated_at, unproved)
    select $1, $2, $5, $6, $7, $8, $9, $9, $19 from held returning id),
  ground as (insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since, until)
    select $1, $10, $2, held.id, $4, $11::jsonb, $9, $8 from held returning id),
  fact as (insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
    select $1, $2, f.class, f.record_id, f.version, f.key_id, f.payload from held, unnest($12::text[], $13::uuid[], $14::int[], $15::uuid[], $16::bytea[]) f(class, record_id, version, key_id, payload)),
  token as (insert into search_tokens (tenant_id, token, person_id, kind) select $1, t.token, $2, t.kind from held, unnest($17::bigint[], $18::smallint[]) t(token, kind) on conflict do nothing)
  select count(*)::int grounds from ground`,
)

/** Creates a person on a ground: row, ground, sealed facts and search tokens in one statement of the caller's transaction. Returns the id. */
export async function addPerson(ctx: Ctx, draft: NewPerson): Promise<string> {
  const personId = ctx.newId()
  const contact: SealItem = { personId, class: 'contact', recordId: personId, version: 1, facts: draft.contact }
  const sealed = await ctx.vault.seal(ctx.asker, ctx.tenantId, [contact, ...(draft.facts?.(personId) ?? [])])
  const { ground } = draft
  const [done] = await ctx.run(add, [
    personId,
    ground.activityCode,
    ground.basis,
    draft.kind ?? 'customer',
    draft.outletId,
    draft.responsibleId,
    ground.until ?? null,
    ctx.now(),
    ctx.newId(),
    JSON.stringify(ground.evidence),
    ...factColumns(sealed),
    ...tokenColumns(sealed),
    draft.unproved ?? null,
  ])
  if (done?.grounds !== 1) throw new Refusal('no_ground', { details: { activityCode: ground.activityCode, basis: ground.basis } })
  ctx.audit('person.created', { persons: [personId], details: { activity: ground.activityCode, basis: ground.basis } })
  return personId
}

export const factColumns = (sealed: Sealed[]): unknown[] => [
  sealed.map((s) => s.class),
  sealed.map((s) => s.recordId),
  sealed.map((s) => s.version),
  sealed.map((s) => s.keyId),
  sealed.map((s) => s.payload),
]
export const tokenColumns = (sealed: Sealed[]): unknown[] => [sealed.flatMap((s) => s.tokens), sealed.flatMap((s) => s.tokens.map(() => s.tokenKind))]
