import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { FactClass } from '../../vault/index.ts'

export type Basis = 'consent' | 'contract' | 'law' | 'legitimate_interest' | 'vital_interest'
export type Disclosure = { id: string; personId: string; recipientName: string; recipientTenantId: string | null; basis: Basis; what: FactClass[]; at: Date }
const MAX_SHOWN = 200

const add = statement(
  'disclosure_add',
  `
  insert into disclosures (tenant_id, id, person_id, recipient_name, recipient_tenant_id, basis, what, at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
)
const ofPersons = statement<Disclosure>(
  'disclosures_of',
  `
  select id, person_id "personId", recipient_name "recipientName", recipient_tenant_id "recipientTenantId", basis, what, at
  from disclosures where tenant_id = $1 and person_id = any ($2::uuid[])
  union all select s.lead_id, s.person_id, m.distributor, s.distributor_tenant_id, s.basis, array['contact'], s.at from network_shares s
    join network_memberships m on m.tenant_id = $1 and m.distributor_tenant_id = s.distributor_tenant_id where s.tenant_id = $1 and s.person_id = any ($2::uuid[])
  order by at desc, id desc limit ${MAX_SHOWN}`,
)

/**
 * Writes down that somebody outside the company received a person's data: in the very transaction that hands it over, so that the person can be told
 * who has it (152-ФЗ art. 14 ч.7 п.4) and the receiver can be told when it is corrected or destroyed (art. 21 ч.2).
 * @param disclosure `recipientTenantId` when the receiver is a company of this installation; `what` are the classes of facts that went.
 */
export async function recordDisclosure(
  ctx: Ctx,
  disclosure: { personId: string; recipientName: string; recipientTenantId?: string | null; basis: Basis; what: readonly FactClass[]; at?: Date },
): Promise<string> {
  const id = ctx.newId()
  const { personId, recipientName, recipientTenantId, basis, what, at } = disclosure
  await ctx.run(add, [id, personId, recipientName, recipientTenantId ?? null, basis, [...what], at ?? ctx.now()])
  ctx.audit('person.disclosed', { persons: [personId], object: { kind: 'disclosure', id }, details: { basis, what: what.join(','), recipientTenantId: recipientTenantId ?? null } })
  return id
}

/** Newest first, with whoever holds keyed hashes of their contacts at present. Who may ask is decided by the act that asks. */
export const disclosuresOf = (ctx: Ctx, personIds: readonly string[]): Promise<Disclosure[]> => ctx.run(ofPersons, [personIds])
