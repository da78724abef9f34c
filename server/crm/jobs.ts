import type { Jobs } from '../kernel/index.ts'
import { onLeadDeadline } from './leads/lead-deadline.ts'
import { replanLeads } from './leads/replan-leads.ts'
import { joinSaid } from './leads/said-contact.ts'

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const crmJobs: Jobs = {
  'lead-contact': joinSaid,
  'lead-deadline': onLeadDeadline,
  'leads-replan': replanLeads,
}
