import type { z } from 'zod'
import type { Endpoint } from '../../contract/endpoint.ts'
import { openDeep, type Shown } from '../vault/index.ts'
import { may } from './actor.ts'
import type { Ctx } from './ctx.ts'
import { Refusal } from './refusal.ts'

/** Keeps an input that was refused, in a transaction of its own after the refusal; returns the id under which a person finds it. `raw` is empty when nobody could read it: `ctx.caller.bytes` is what came. */
export type KeepRefused = (ctx: Ctx, raw: Record<string, unknown>, fields: readonly { at: string; why: string }[]) => Promise<string | null>
export type Action<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = ((ctx: Ctx, raw: z.input<I>) => Promise<z.output<O>>) & {
  endpoint: Endpoint<I, O>
  keepRefused?: KeepRefused
}

const FRESH_PROOF_MS = 10 * 60_000

/**
 * The only door to an act: right, input, act, trail, answer. HTTP, jobs, imports and other modules all call the value it returns, in the
 * caller's transaction and with the caller's rights. A command that leaves no trace is a fault and is rolled back.
 */
export function handle<I extends z.ZodType, O extends z.ZodType>(
  endpoint: Endpoint<I, O>,
  run: (ctx: Ctx, input: z.output<I>) => Promise<Shown<z.input<O>>>,
  more: { keepRefused?: KeepRefused } = {},
): Action<I, O> {
  const action = async (ctx: Ctx, raw: z.input<I>): Promise<z.output<O>> => {
    allow(endpoint, ctx)
    const input = endpoint.input.parse(raw)
    let traced = false
    const own: Ctx = Object.create(ctx, {
      audit: { value: (...said: Parameters<Ctx['audit']>) => ((traced = true), ctx.audit(...said)) },
      ...(endpoint.purpose ? { purpose: { value: endpoint.purpose } } : {}),
    }) as Ctx
    const result = await run(own, input)
    if (endpoint.method !== 'GET' && !endpoint.personal && endpoint.can !== 'anyone' && !traced) throw new Error(`${endpoint.method} ${endpoint.path} left no audit event`)
    return outOf(endpoint, endpoint.personal ? openDeep(result) : result)
  }
  return Object.assign(action, { endpoint, ...more })
}

/** An answer outside the contract is a fault of ours and never the caller's. Where it is wrong is told to the log, what stands there is not. */
function outOf<O extends z.ZodType>({ method, path, output }: Pick<Endpoint<z.ZodType, O>, 'method' | 'path' | 'output'>, result: unknown): z.output<O> {
  const answer = output.safeParse(result)
  if (answer.success) return answer.data
  throw new Error(`${method} ${path} answers outside its contract: ${answer.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ')}`)
}

/** Refuses whoever may not do this at all. */
export function allow(endpoint: Endpoint, ctx: Pick<Ctx, 'actor' | 'now'>): void {
  if (endpoint.can === 'anyone') return
  // A visitor of a site has a right or two of its own; without it they are merely not signed in.
  if (ctx.actor.kind === 'visitor' && (ctx.actor.tenantId === null || endpoint.can === 'signed_in' || !may(ctx.actor, endpoint.can))) throw new Refusal('not_signed_in')
  if (endpoint.can !== 'signed_in' && !may(ctx.actor, endpoint.can)) throw new Refusal('forbidden')
  if (endpoint.can === 'signed_in' && ctx.actor.kind !== 'staff') throw new Refusal('forbidden')
  if (!endpoint.dangerous || ctx.actor.kind !== 'staff') return
  const proved = ctx.actor.reauthenticatedAt?.getTime() ?? 0
  if (ctx.now().getTime() - proved > FRESH_PROOF_MS) throw new Refusal('reauthenticate')
}
