import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** On whose wall a day is counted, in SQL: the outlet's own, else that of the company's first one; a company without an outlet goes by Moscow. */
export const zoneText = (outletId: string): string =>
  `coalesce((select o.time_zone from outlets o where o.tenant_id = $1 and o.id = ${outletId}),
    (select o.time_zone from outlets o where o.tenant_id = $1 order by o.created_at, o.id limit 1), 'Europe/Moscow')`

const zone = statement<{ zone: string }>('company_zone', `select ${zoneText('null::uuid')} zone`)

/** Of the company as a whole. */
export async function companyZone(ctx: Ctx): Promise<string> {
  const [row] = await ctx.run(zone)
  if (!row) throw new Error('a select without a row')
  return row.zone
}
