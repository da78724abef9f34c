import { wrongState, type Ctx } from '../../kernel/index.ts'

/** Only a distributor has a network; whoever else has the right to it has nothing to edit. */
export async function assertDistributor(ctx: Ctx): Promise<void> {
  const tenant = await ctx.db.selectFrom('tenants').select('kind').executeTakeFirst()
  if (tenant?.kind !== 'distributor') throw wrongState('no_distributor')
}
