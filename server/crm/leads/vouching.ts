import { statement } from '../../platform/db/session.ts'
import type { Ctx } from '../../kernel/index.ts'
import type { Contact } from '../../vault/index.ts'
import type { LeadFrom } from './receive-lead.ts'

/**
 * Does a colleague answer for what is said of the client? Only where they have talked to them: on a site, by mail or from another system anybody may
 * name a stranger's phone beside an e-mail of their own, and would be let into the stranger's page by it.
 */
export const isVouchedFor = (ctx: Ctx, { isSecondHand = false }: Pick<LeadFrom, 'isSecondHand'>): boolean => ctx.actor.kind === 'staff' && !isSecondHand

/** Of a new person: several addresses that nobody has proved to be one human's (see `persons.unproved`). */
export function unprovedOf({ phones, emails }: Contact): 'fresh' | 'both' | null {
  if (phones.length + emails.length <= 1) return null
  return phones.length > 1 || emails.length > 1 ? 'both' : 'fresh'
}

/** By which of the addresses that were given the client is known. */
export type KnownBy = { phone: boolean; email: boolean }

const mix = statement(
  'person_addresses_mixed',
  `
  update persons set unproved = case when unproved in ('fresh', $3) then $3 else 'both' end where tenant_id = $1 and id = $2 and unproved is not null and unproved <> $3`,
)

/**
 * A further request that names only some of the addresses may be another human's than the first: from then on only the address it came by opens the page.
 * One that names both kinds again is of the same sender.
 */
export async function mixAddresses(ctx: Ctx, personId: string, { phone, email }: KnownBy): Promise<void> {
  if (phone !== email) await ctx.run(mix, [personId, phone ? 'email' : 'phone'])
}
