import { Refusal, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type MyDealer = { id: string; code: string; name: string }
const ofKey = statement<MyDealer>('network_dealer_of_key', `select id, code, name from network_dealers where tenant_id = $1 and key_id = $2 and is_active`)

/** The dealer whose key this is. A key that is bound to none, or to one who is closed, may do nothing here. */
export async function myDealer(ctx: Ctx): Promise<MyDealer> {
  const [dealer] = ctx.actor.kind === 'key' ? await ctx.run(ofKey, [ctx.actor.id]) : []
  if (!dealer) throw new Refusal('forbidden')
  return dealer
}
