import type { pushNotices } from '../../../contract/dnm/feedback.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { PushProblem, Sent } from './send-signed.ts'

export type PushNoticeKind = (typeof pushNotices)[number]
/** A message to a dealer's own system; `transferId` null: a trial. `attempts`: tries before this one. */
export type Push = { id: string; dealerId: string; transferId: string | null; what: 'request' | PushNoticeKind; attempts: number }

/** Seconds until the next try; after the last one nothing is tried any more. */
export const pausesSeconds = [10, 30, 120, 600, 1_800, 3_600, 10_800, 21_600] as const

const SECRET_CONTEXT = 'network push'
export const secretContext = (tenantId: string, dealerId: string): string => `${SECRET_CONTEXT} ${tenantId} ${dealerId}`

type Way = { url: string | null; secret: Buffer | null }
const wayTo = statement<Way>('network_push_way', `select push_url url, push_secret secret from network_dealers where tenant_id = $1 and id = $2`)

/** Where a dealer's system listens, and what signs the messages. Null: it cannot be reached. */
export async function wayOf(ctx: Ctx, dealerId: string): Promise<{ url: string; secret: Buffer } | null> {
  const [found] = await ctx.run(wayTo, [dealerId])
  if (!found?.url || !found.secret) return null
  return { url: found.url, secret: await ctx.vault.unprotect(secretContext(ctx.tenantId, dealerId), found.secret) }
}

const columns = `id, dealer_id "dealerId", transfer_id "transferId", what, attempts`
const add = statement(
  'network_push_add',
  `
  insert into network_pushes (tenant_id, id, dealer_id, transfer_id, created_at) values ($1, $2, $3, $4, $5) on conflict (tenant_id, transfer_id) where what = 'request' do nothing`,
)
const ofTransfer = statement<Push>(
  'network_push_of',
  `select ${columns} from network_pushes where tenant_id = $1 and transfer_id = $2 and what = 'request' and state = 'waiting' for update`,
)
export const addRequestPush = async (ctx: Ctx, { id, dealerId }: { id: string; dealerId: string }): Promise<void> =>
  void (await ctx.run(add, [ctx.newId(), dealerId, id, ctx.now()]))
/** The message that hands a request over, locked; undefined: there is none, or it has been settled. */
export const lockRequestPush = async (ctx: Ctx, transferId: string): Promise<Push | undefined> => (await ctx.run(ofTransfer, [transferId]))[0]

const other = statement<Push>(
  'network_push_other',
  `select ${columns} from network_pushes where tenant_id = $1 and id = $2 and (transfer_id is null or what <> 'request') and state = 'waiting' for update`,
)
/** Any other message, locked; undefined: it has been settled. */
export const lockOtherPush = async (ctx: Ctx, pushId: string): Promise<Push | undefined> => (await ctx.run(other, [pushId]))[0]

const begun = statement('network_push_begin', `update network_pushes set attempts = attempts + 1, next_at = null where tenant_id = $1 and id = $2`)
/** Before anything leaves: whoever is killed after that may have been heard. */
export const beginPush = async (ctx: Ctx, { id }: Push): Promise<void> => void (await ctx.run(begun, [id]))

const underWay = statement<{ is: boolean }>(
  'network_push_under_way',
  `select exists (select from network_pushes where tenant_id = $1 and transfer_id = $2 and what = 'request' and state = 'waiting' and attempts > 0 and next_at is null) "is"`,
)
/** Is the request itself leaving at this moment? What is said of it must not arrive before it. */
export const isUnderWay = async (ctx: Ctx, transferId: string): Promise<boolean> => (await ctx.run(underWay, [transferId]))[0]?.is ?? false

const done = statement('network_push_done', `update network_pushes set state = 'done', status = $3, problem = null, next_at = null, done_at = $4 where tenant_id = $1 and id = $2`)
const failed = statement(
  'network_push_failed',
  `update network_pushes set state = 'failed', status = $3, problem = $4, next_at = null, done_at = $5 where tenant_id = $1 and id = $2`,
)
const later = statement('network_push_later', `update network_pushes set status = $3, problem = $4, next_at = $5 where tenant_id = $1 and id = $2`)

export const failPush = async (ctx: Ctx, { id }: Push, problem: PushProblem | null): Promise<void> => void (await ctx.run(failed, [id, null, problem, ctx.now()]))

/** Looks at it again `seconds` from now. */
export function schedulePush(ctx: Ctx, { id, transferId, what }: Push, seconds: number): Date {
  const runAt = new Date(ctx.now().getTime() + seconds * 1_000)
  if (what === 'request' && transferId !== null) ctx.emit('network-push', { transferId }, { runAt, key: `network-push:${transferId}` })
  else ctx.emit('network-push', { pushId: id }, { runAt, key: `network-push:${id}` })
  return runAt
}

/** What has become of a try. Only what was answered with 2xx was taken; all else is tried again while it may be. */
export async function settlePush(ctx: Ctx, push: Push, { status, problem }: Sent, mayRetry: boolean): Promise<'done' | 'failed' | 'later'> {
  if (problem === null) {
    await ctx.run(done, [push.id, status, ctx.now()])
    return 'done'
  }
  const pause = mayRetry ? pausesSeconds[push.attempts] : undefined
  if (pause === undefined) {
    await ctx.run(failed, [push.id, status, problem, ctx.now()])
    return 'failed'
  }
  await ctx.run(later, [push.id, status, problem, schedulePush(ctx, push, pause)])
  return 'later'
}
