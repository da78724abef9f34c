import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { AdfParty } from '../adf/types.ts'

const plain = (text: string): string => `replace(lower(trim(${text})), 'ё', 'е')`
const zones = statement<{ said: string; zone: string }>(
  'adf_vendor_zones',
  `
  select s.said, min(n.zone) zone from unnest($2::text[]) s(said) join (
    select name, time_zone zone from outlets where tenant_id = $1
    union all select name, time_zone from network_outlets where tenant_id = $1
    union all select d.name, o.time_zone from network_dealers d join network_outlets o on o.tenant_id = $1 and o.dealer_id = d.id where d.tenant_id = $1
    union all select d.code, o.time_zone from network_dealers d join network_outlets o on o.tenant_id = $1 and o.dealer_id = d.id where d.tenant_id = $1
  ) n on ${plain('n.name')} = ${plain('s.said')} group by s.said having count(distinct n.zone) = 1`,
)

/** What a document calls a vendor: its name, and its codes at the sender. */
export const wordsOf = (vendor: AdfParty | null): string[] =>
  [vendor?.name, ...(vendor?.ids ?? []).flatMap(({ value, sequence }) => [value, sequence])].filter((word) => Boolean(word)) as string[]

/** On whose wall these vendors write: of outlets and dealers that are called so, when all of them have one zone. Who is not known here, or is in two zones, has none. */
export async function vendorZones(ctx: Ctx, vendors: readonly (AdfParty | null)[]): Promise<(vendor: AdfParty | null) => string | null> {
  const said = [...new Set(vendors.flatMap(wordsOf))]
  const known = new Map(said.length === 0 ? [] : (await ctx.run(zones, [said])).map(({ said: word, zone }) => [word, zone]))
  return (vendor) =>
    wordsOf(vendor)
      .map((word) => known.get(word))
      .find((zone) => zone !== undefined) ?? null
}
