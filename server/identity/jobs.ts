import type { Jobs } from '../kernel/index.ts'
import { destroyFormerStaff } from './staff/destroy-former-staff.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const identityJobs: Jobs = { 'destroy-former-staff': destroyFormerStaff }
