import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const plain = (text: string): string => `regexp_replace(replace(lower(trim(${text})), 'ё', 'е'), '^г(ород|\\.)?\\s+', '')`
const known = statement<{ city: string }>(
  'lead_network_city',
  `
  select city from network_outlets where tenant_id = $1 and is_active and ${plain('city')} = ${plain('$2::text')} order by id limit 1`,
)

/** The city as an outlet of the network writes it; null for every other word. What somebody typed may be a name or a home, and does not lie in a queue as it is. */
export async function networkCity(ctx: Ctx, typed: string | undefined): Promise<string | null> {
  const [place] = typed === undefined ? [] : await ctx.run(known, [typed])
  return place?.city ?? null
}
