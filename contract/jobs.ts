import type { Right } from './permissions.ts'
import type { Purpose } from './purposes.ts'

/**
 * What the machine does by itself. A task acts with these rights only, whatever else the role `job` may do, and for this purpose.
 * `standing`: a door that is open all the time (mail) and has no row in the queue; the vault believes it on the worker's connection alone,
 * so it may take in and seal, and never open. `opens: 'messages'`: only people to whom a message is being sent this moment, for the purpose of
 * that message (outbound_messages); the vault looks for itself.
 */
type JobTask = { rights: readonly Right[]; purpose: Purpose; standing?: true; opens?: 'messages' }

export const jobTasks = {
  'intake-mail': { rights: ['lead.intake'], purpose: 'request_handling', standing: true },
  'site-accepted': { rights: [], purpose: 'request_handling' },
  'leads-replan': { rights: ['lead.assign'], purpose: 'request_handling' },
  'lead-contact': { rights: ['person.reveal', 'lead.intake'], purpose: 'request_handling' },
  'lead-deadline': { rights: ['lead.assign'], purpose: 'request_handling' },
  'lead-file-check': { rights: ['lead.import'], purpose: 'request_handling' },
  'lead-import': { rights: ['lead.import', 'person.create'], purpose: 'request_handling' },
  'lead-import-undo': { rights: ['lead.import'], purpose: 'request_handling' },
  'network-route': { rights: ['lead.intake'], purpose: 'request_handling' },
  'network-transfer': { rights: ['person.reveal', 'lead.intake'], purpose: 'request_handling' },
  'network-push': { rights: ['person.reveal'], purpose: 'request_handling' },
  'network-deadline': { rights: ['lead.assign'], purpose: 'request_handling' },
  'network-take-back': { rights: ['lead.assign'], purpose: 'request_handling' },
  'network-publish': { rights: [], purpose: 'request_handling' },
  'network-outlets': { rights: [], purpose: 'request_handling' },
  'network-tokens': { rights: ['lead.intake'], purpose: 'request_handling' },
  'network-dispute': { rights: [], purpose: 'request_handling' },
  'network-member': { rights: [], purpose: 'request_handling' },
  'recipients-told': { rights: [], purpose: 'rights' },
  'network-sweep': { rights: [], purpose: 'rights' },
  'mailing-gather': { rights: ['consent.read'], purpose: 'marketing' },
  outbound: { rights: ['consent.read', 'person.reveal'], purpose: 'marketing', opens: 'messages' },
  'outbound-sms': { rights: ['consent.read', 'person.reveal'], purpose: 'marketing', opens: 'messages' },
  'service-letter': { rights: ['consent.read'], purpose: 'request_handling' },
  mail: { rights: ['staff.read', 'person.reveal'], purpose: 'employment' },
  sms: { rights: [], purpose: 'rights' },
  'remove-objects': { rights: [], purpose: 'rights' },
  'record-destruction': { rights: [], purpose: 'rights' },
  'farewell-over': { rights: [], purpose: 'rights' },
  'block-terms': { rights: [], purpose: 'rights' },
  'sweep-acts': { rights: [], purpose: 'rights' },
  'destroy-due': { rights: ['ground.end'], purpose: 'rights' },
  'destroy-former-staff': { rights: ['ground.end'], purpose: 'rights' },
  'expire-consents': { rights: ['consent.record'], purpose: 'rights' },
  'portal-code': { rights: ['lead.intake'], purpose: 'rights' },
  'sweep-portal': { rights: [], purpose: 'rights' },
  'sweep-idempotency': { rights: [], purpose: 'rights' },
  'sweep-cookie-choices': { rights: ['ground.end'], purpose: 'rights' },
  'sweep-files': { rights: ['lead.import'], purpose: 'rights' },
} as const satisfies Record<string, JobTask>

export type JobTaskName = keyof typeof jobTasks
export const isJobTask = (name: string): name is JobTaskName => Object.hasOwn(jobTasks, name)
export const jobTask = (name: JobTaskName): JobTask => jobTasks[name]
