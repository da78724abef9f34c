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

const customers = statement<{ id: string }>(
  'portal_customers',
  `
  select id from persons where tenant_id = $1 and id = any ($2::uuid[]) and kind = 'customer' order by id limit 20`,
)

/** Every client of the tenant who has this address: a family may share a phone. Members of staff have no page here. */
export async function clientsWith(ctx: Ctx, { emails, phones }: Address): Promise<string[]> {
  const [ids = []] = await ctx.vault.match(ctx.asker, ctx.tenantId, { items: [{ emails, phones, vins: [] }], door: ctx.door })
  return (await ctx.run(customers, [ids])).map(({ id }) => id)
}
