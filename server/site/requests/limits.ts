import { RateLimit } from '../../identity/index.ts'
import { Refusal, type Ctx } from '../../kernel/index.ts'
import type { Contact } from '../../vault/index.ts'

const HOUR_MS = 60 * 60_000
/** An office or a mobile operator behind one address, not a machine. */
const perNetwork = new RateLimit(60, HOUR_MS)
/** Of one phone or e-mail, at whatever address: nobody's phone is made to ring all day. */
const perContact = new RateLimit(6, HOUR_MS)

/**
 * Refuses (`too_many`) who sends more than a human would. The contact is counted by keyed numbers, so that no phone lies in memory. A form (`ref`) counts
 * once against each network and contact that it comes with, however often it is tried: whoever repeats it while we are in trouble loses nothing. Its
 * attempts are counted as repeats, and it can become one request at most.
 */
export async function countRequest(ctx: Ctx, ref: string, contact: Contact): Promise<void> {
  const network = networkKey(ctx)
  if (perNetwork.took(network, ref)) countRepeat(ctx)
  else if (!perNetwork.take(network, ctx.now(), ref)) throw new Refusal('too_many')
  const keys = await ctx.vault.turnKeys(ctx.tenantId, { phones: contact.phones.map(({ e164 }) => e164), emails: contact.emails.map(({ address }) => address) })
  for (const key of keys.map((turn) => `${ctx.tenantId} ${turn}`)) if (!perContact.took(key, ref) && !perContact.take(key, ctx.now(), ref)) throw new Refusal('too_many')
}

const networkKey = (ctx: Ctx): string => `${ctx.tenantId} ${networkOf(ctx.caller.addressKey)}`

/** One customer of a network has a whole /64 of IPv6 to themself. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address
  const [first = [], last = []] = address.split('::').map((part) => (part === '' ? [] : part.split(':')))
  const zeros = address.includes('::') ? Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0') : []
  return [...first, ...zeros, ...last].slice(0, 4).join(':')
}

/** A door that costs something and asks nobody who they are: refuses (`too_many`) a network that comes oftener than so many times an hour. */
export function networkLimit(most: number): (ctx: Ctx) => void {
  const limit = new RateLimit(most, HOUR_MS)
  return (ctx) => {
    if (!limit.take(networkKey(ctx), ctx.now())) throw new Refusal('too_many')
  }
}

/** The same form sent again costs an event of the log, or an attempt that failed. */
export const countRepeat = networkLimit(120)
