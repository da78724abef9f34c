import type { Ctx } from '../kernel/index.ts'
import { recordDestruction, removeObjects, sweepActs } from './destruction/jobs.ts'
import { destroyDue } from './persons/destroy-due.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const peopleJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {
  'destroy-due': (ctx) => destroyDue(ctx),
  'remove-objects': removeObjects,
  'record-destruction': recordDestruction,
  'sweep-acts': (ctx) => sweepActs(ctx),
}
