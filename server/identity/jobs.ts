import type { Ctx } from '../kernel/index.ts'
import { destroyFormerStaff } from './staff/destroy-former-staff.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const identityJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = { 'destroy-former-staff': (ctx) => destroyFormerStaff(ctx) }
