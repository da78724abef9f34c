import type pg from 'pg'
import { isJobTask, jobTask, type JobTaskName } from '../contract/jobs.ts'
import { consentJobs } from './consent/index.ts'
import { crmJobs, intakeJobs } from './crm/index.ts'
import { dnmJobs } from './dnm/index.ts'
import { mailingJobs } from './mailing/index.ts'
import { siteJobs } from './site/index.ts'
import { identityJobs } from './identity/index.ts'
import { handOverPersonalData, Refusal, sweepReplies, type Act, type Jobs, type LongJobs, type Work } from './kernel/index.ts'
import { peopleJobs } from './people/index.ts'
import { allPersonalData } from './personal-data.ts'
import { privacyJobs } from './privacy/index.ts'
import { isUuid } from './platform/ids.ts'
import { addJobs } from './platform/jobs/add-jobs.ts'
import type { JobHandler } from './platform/jobs/runner.ts'
import { listTenants } from './platform/jobs/tenants.ts'

/** Every task of the queue and who carries it out. */
const shortJobs: Jobs = {
  ...identityJobs,
  ...peopleJobs,
  ...consentJobs,
  ...crmJobs,
  ...intakeJobs,
  ...mailingJobs,
  ...dnmJobs,
  ...siteJobs,
  ...privacyJobs,
  'sweep-idempotency': sweepReplies,
}

/** At night, in UTC; a night missed within a day is made up for. */
export const schedule = `15 1 * * * nightly ?fill=1d`
const nightly: readonly JobTaskName[] = [
  'destroy-due',
  'destroy-former-staff',
  'sweep-acts',
  'block-terms',
  'expire-consents',
  'sweep-idempotency',
  'sweep-files',
  'sweep-cookie-choices',
  'sweep-portal',
  'network-sweep',
  'network-outlets',
]

/**
 * The handlers of the queue: a job is one unit of work with the credential of its task and the tenant of its payload.
 * A refusal that time does not change (the row is gone, its state is another) ends the job; everything else is tried again.
 */
export function jobHandlers(work: Work, pool: pg.Pool, longJobs: LongJobs): Record<string, JobHandler> {
  handOverPersonalData(allPersonalData)
  const handlers: Record<string, JobHandler> = {}
  for (const [task, job] of Object.entries(shortJobs)) handlers[task] = (payload, about) => settle(actor(work, task, payload, about.jobId)((ctx) => job(ctx, payload)))
  for (const [task, job] of Object.entries(longJobs))
    handlers[task] = (payload, about) => settle(job(actor(work, task, payload, about.jobId), payload, about, (tenantId) => actor(work, task, { tenantId }, about.jobId)))
  handlers['nightly'] = () => everyTenant(pool, Object.keys(handlers))
  return handlers
}

/** Units of work under the credential of one job. */
export function actor(work: Work, task: string, payload: Record<string, unknown>, jobId: string): Act {
  const { tenantId } = payload
  if (!isJobTask(task) || typeof tenantId !== 'string' || !isUuid(tenantId)) throw new Error(`a job of ${task} names no tenant`)
  const request = {
    credential: { kind: 'job', tenantId, task, jobId },
    door: `job ${task}`,
    purpose: jobTask(task).purpose,
    readOnly: false,
    caller: { device: 'job', language: 'ru', addressKey: '' },
  } as const
  return async (run) => (await work(request, run)).result
}

const final = new Set(['not_found', 'wrong_state', 'stale', 'no_ground', 'restricted', 'invalid'])

async function settle(job: Promise<void>): Promise<void> {
  try {
    await job
  } catch (error) {
    if (error instanceof Refusal && final.has(error.code)) return
    throw error
  }
}

/** All of a night at once: after a crash none of it is there, and the night is made up for as a whole. */
async function everyTenant(pool: pg.Pool, known: readonly string[]): Promise<void> {
  const tasks = nightly.filter((task) => known.includes(task))
  const tenants = await listTenants(pool)
  await addJobs(
    pool,
    tenants.flatMap((tenantId) => tasks.map((task) => ({ task, payload: { tenantId }, key: `${task}:${tenantId}` }))),
  )
}
