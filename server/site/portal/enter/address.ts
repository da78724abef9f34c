import { z } from 'zod'
import { invalid, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { normaliseEmail, normalisePhone } from '../../../vault/index.ts'

/** Canonical; one list has one, the other none. */
export const Address = z.object({ emails: z.array(z.string()), phones: z.array(z.string()) })
export type Address = z.output<typeof Address>

/** Reads what was typed as an e-mail or a phone. Refuses what is neither, which says nothing of who is known. */
export function readAddress(typed: string): Address {
  const email = typed.includes('@') ? normaliseEmail(typed) : null
  if (email) return { emails: [email], phones: [] }
  const phone = typed.includes('@') ? null : normalisePhone(typed)
  if (phone) return { emails: [], phones: [phone.e164] }
  throw invalid('address', 'phone_or_email')
}

const contextOf = (challengeId: string): string => `portal-code:${challengeId}`
export const sealAddress = (ctx: Ctx, challengeId: string, address: Address): Promise<Buffer> => ctx.vault.protect(contextOf(challengeId), Buffer.from(JSON.stringify(address)))
export const openAddress = async (ctx: Ctx, challengeId: string, sealed: Buffer): Promise<Address> =>
  Address.parse(JSON.parse((await ctx.vault.unprotect(contextOf(challengeId), sealed)).toString('utf8')))

/** Something that a colleague has added since, which is not the sender's own to see. */
const addedSince = [
  'interactions i where i.tenant_id = $1 and i.person_id = p.id and i.by_id is not null',
  'deals d where d.tenant_id = $1 and d.person_id = p.id',
  'test_drives t where t.tenant_id = $1 and t.person_id = p.id',
]
  .map((each) => `exists (select from ${each})`)
  .join(' or ')
/**
 * Addresses that came together by a door where nobody proves who they are may be of two humans. The phone is what colleagues talk by; an e-mail beside it
 * opens the page as long as nothing stands there but what its sender wrote. What a later request came by alone is the client's, the other is not.
 */
const opening = statement<{ id: string; opens: boolean }>(
  'portal_opening',
  `
  select p.id, case
      when p.unproved is null then true
      when p.unproved = 'fresh' then $3 = 'phone' or not (${addedSince})
      else p.unproved <> 'both' and p.unproved <> $3 end opens
  from persons p where p.tenant_id = $1 and p.id = any ($2::uuid[]) and p.kind = 'customer' order by p.id limit 20`,
)

/** Whom an address opens. `isSole`: nobody else among the clients has it, also none whom it does not open. */
export type Opened = { personIds: string[]; isSole: boolean }

/** Which of these clients an address of this kind opens. Members of staff have no page here. */
export async function openedBy(ctx: Ctx, kind: 'email' | 'phone', personIds: readonly string[]): Promise<Opened> {
  const clients = await ctx.run(opening, [personIds, kind])
  return { personIds: clients.filter(({ opens }) => opens).map(({ id }) => id), isSole: clients.length === 1 }
}

/** Every client of the tenant whom this address opens: a family may share a phone. */
export async function clientsWith(ctx: Ctx, { emails, phones }: Address): Promise<Opened> {
  const [ids = []] = await ctx.vault.match(ctx.asker, ctx.tenantId, { items: [{ emails, phones, vins: [] }], door: ctx.door })
  return openedBy(ctx, emails.length > 0 ? 'email' : 'phone', ids)
}
