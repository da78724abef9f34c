import type { Jobs } from '../kernel/index.ts'
import { recordDestruction, removeObjects, sweepActs } from './destruction/jobs.ts'
import { destroyDue } from './persons/destroy-due.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const peopleJobs: Jobs = {
  'destroy-due': destroyDue,
  'remove-objects': removeObjects,
  'record-destruction': recordDestruction,
  'sweep-acts': sweepActs,
}
