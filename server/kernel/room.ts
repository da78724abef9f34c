import type { Ctx } from './ctx.ts'
import { Refusal } from './refusal.ts'

/** There are as many already as may be: one more would be shown nowhere, or nobody could get through them. */
export const full = (limit: number): Refusal => new Refusal('full', { details: { limit } })

type Listed = 'outlets' | 'departments' | 'leadSources' | 'networkDealers'

/** Of what is listed whole there is never more than the list shows. @throws Refusal full */
export async function assertRoom(ctx: Ctx, table: Listed, limit: number): Promise<void> {
  const { now } = await ctx.db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<string>().as('now'))
    .executeTakeFirstOrThrow()
  if (Number(now) >= limit) throw full(limit)
}
