import type { JobTaskName } from '../../contract/jobs.ts'
import type { JobAbout } from '../platform/jobs/runner.ts'
import type { Ctx } from './ctx.ts'

/** A task that is one unit of work, under the credential of its job. All may be run again. */
export type Job = (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>
/** The tasks of a module by name. */
export type Jobs = Partial<Record<JobTaskName, Job>>

/** A unit of work of its own, in one company. */
export type Act = <T>(run: (ctx: Ctx) => Promise<T>) => Promise<T>
/** A task of many steps: each `act` is a transaction of its own, so that it may stop anywhere and go on later; `at` acts in another company, where what crosses over is handed in. */
export type LongJob = (act: Act, payload: Record<string, unknown>, about: JobAbout, at: (tenantId: string) => Act) => Promise<void>
export type LongJobs = Partial<Record<JobTaskName, LongJob>>
