import { allows, type Role } from '../../../contract/permissions.ts'
import { invalid, type Ctx } from '../../kernel/index.ts'

/** Whoever is to lead a deal must be at work, may lead deals, and sees this outlet. @throws Refusal invalid, at `field` */
export async function assertSeller(ctx: Ctx, employeeId: string, outletId: string, field: string): Promise<void> {
  const found = await ctx.db.selectFrom('employees').select(['role', 'outletId']).where('id', '=', employeeId).where('isActive', '=', true).executeTakeFirst()
  if (!found) throw invalid(field, 'unknown')
  if (!allows(found.role as Role, 'deal.edit')) throw invalid(field, 'no_right')
  if (found.outletId !== null && found.outletId !== outletId) throw invalid(field, 'other_outlet')
}

/** @throws Refusal invalid modelId */
export async function assertModel(ctx: Ctx, modelId: string | null | undefined): Promise<void> {
  if (modelId && !(await ctx.db.selectFrom('models').select('id').where('id', '=', modelId).executeTakeFirst())) throw invalid('modelId', 'unknown')
}
