import type { Ctx } from '../kernel/index.ts'

/** A unit of work of its own, under the credential of the job. */
export type Act = <T>(run: (ctx: Ctx) => Promise<T>) => Promise<T>
/** A job that speaks of two companies: each of its steps is a transaction in one of them, and may be run again. */
export type TwoSided = (
  act: Act,
  payload: Record<string, unknown>,
  about: { jobId: string; attempt: number; maxAttempts: number; signal: AbortSignal },
  at: (tenantId: string) => Act,
) => Promise<void>
