import { RateLimit } from '../../identity/index.ts'
import { Refusal, type Ctx } from '../../kernel/index.ts'
import type { Contact } from '../../vault/index.ts'

const HOUR_MS = 60 * 60_000
/** An office or a mobile operator behind one address, not a machine. */
const perNetwork = new RateLimit(60, HOUR_MS)
/** Of one phone or e-mail, at whatever address: nobody's phone is made to ring all day. */
const perContact = new RateLimit(6, HOUR_MS)

/** Refuses (`too_many`) who sends more than a human would. The contact is counted by keyed numbers, so that no phone lies in memory. */
export async function countRequest(ctx: Ctx, contact: Contact): Promise<void> {
  const now = ctx.now()
  if (!perNetwork.take(`${ctx.tenantId} ${networkOf(ctx.caller.addressKey)}`, now)) throw new Refusal('too_many')
  const keys = await ctx.vault.turnKeys(ctx.tenantId, { phones: contact.phones.map(({ e164 }) => e164), emails: contact.emails.map(({ address }) => address) })
  for (const key of keys) if (!perContact.take(`${ctx.tenantId} ${key}`, now)) throw new Refusal('too_many')
}

/** One customer of a network has a whole /64 of IPv6 to themself. */
export const networkOf = (address: string): string => (address.includes(':') && !address.includes('.') ? address.split(':').slice(0, 4).join(':') : address)
