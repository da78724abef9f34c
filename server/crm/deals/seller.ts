import { allows, type Role } from '../../../contract/permissions.ts'
import { invalid, type Ctx } from '../../kernel/index.ts'

/** Whoever is to lead a deal must be at work, may lead deals, and sees this outlet. @throws Refusal invalid, at `field` */
export const assertSeller = (ctx: Ctx, employeeId: string, outletId: string, field: string): Promise<void> =>
  assertColleague(ctx, employeeId, outletId, field, (role) => allows(role, 'deal.edit'))

/** The same of a credit specialist. @throws Refusal invalid employeeId */
export const assertSpecialist = (ctx: Ctx, employeeId: string, outletId: string): Promise<void> =>
  assertColleague(ctx, employeeId, outletId, 'employeeId', (role) => role === 'credit_specialist')

async function assertColleague(ctx: Ctx, employeeId: string, outletId: string, field: string, fits: (role: Role) => boolean): Promise<void> {
  const found = await ctx.db.selectFrom('employees').select(['role', 'outletId']).where('id', '=', employeeId).where('isActive', '=', true).executeTakeFirst()
  if (!found) throw invalid(field, 'unknown')
  if (!fits(found.role as Role)) throw invalid(field, 'no_right')
  if (found.outletId !== null && found.outletId !== outletId) throw invalid(field, 'other_outlet')
}

/** @throws Refusal invalid modelId */
export async function assertModel(ctx: Ctx, modelId: string | null | undefined): Promise<void> {
  if (modelId && !(await ctx.db.selectFrom('models').select('id').where('id', '=', modelId).executeTakeFirst())) throw invalid('modelId', 'unknown')
}
