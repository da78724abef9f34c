import type { Jobs } from '../kernel/index.ts'
import { expireConsents } from './events/expire-consents.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const consentJobs: Jobs = {
  'expire-consents': expireConsents,
}
