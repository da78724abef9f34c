import { sameCity } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const cities = statement<{ city: string }>('lead_network_cities', `select distinct city from network_outlets where tenant_id = $1 and is_active order by city limit 2000`)

/** The city as an outlet of the network writes it; null for every other word. What somebody typed may be a name or a home, and does not lie in a queue as it is. */
export async function networkCity(ctx: Ctx, typed: string | undefined): Promise<string | null> {
  if (typed === undefined) return null
  return (await ctx.run(cities)).find(({ city }) => sameCity(city, typed))?.city ?? null
}
