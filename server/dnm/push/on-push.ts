import { z } from 'zod'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { FactClass } from '../../vault/index.ts'
import type { TwoSided } from '../act.ts'
import { markHandedOver, refuseTransfer } from '../transfer/mark.ts'
import { openForDealer } from '../transfer/open-person.ts'
import { lockTransfer } from '../transfer/transfer-row.ts'
import { pushBody } from './push-body.ts'
import { sendSigned, type Sent } from './send-signed.ts'

const Payload = z.union([z.object({ transferId: z.uuid() }), z.object({ pushId: z.uuid() })])

/** Seconds until the next try; after the last one the lead desk has the request. */
export const pausesSeconds = [10, 30, 120, 600, 1_800, 3_600, 10_800, 21_600] as const
const SECRET_CONTEXT = 'network push'
export const secretContext = (tenantId: string, dealerId: string): string => `${SECRET_CONTEXT} ${tenantId} ${dealerId}`

type Way = { url: string | null; secret: Buffer | null }
const wayTo = statement<Way>('network_push_way', `select push_url url, push_secret secret from network_dealers where tenant_id = $1 and id = $2`)
const add = statement(
  'network_push_add',
  `
  insert into network_pushes (tenant_id, id, dealer_id, transfer_id, created_at) values ($1, $2, $3, $4, $5) on conflict (tenant_id, transfer_id) do nothing`,
)
type Push = { id: string; dealerId: string; state: string; attempts: number }
const ofTransfer = statement<Push>('network_push_of', `select id, dealer_id "dealerId", state, attempts from network_pushes where tenant_id = $1 and transfer_id = $2 for update`)
const trial = statement<Push>(
  'network_push_trial',
  `select id, dealer_id "dealerId", state, attempts from network_pushes where tenant_id = $1 and id = $2 and transfer_id is null for update`,
)

type Parcel = { push: Push; url: string; secret: Buffer; deliveryId: string; body: string; classes: FactClass[] }

/**
 * The job `network-push`: a request with its person goes to the dealer's own system, signed. Sent is only what was answered with 2xx; all else is tried
 * again with growing pauses, and the receiver knows a repeated delivery by its id. The ground is looked at again by the vault at every try.
 */
export const pushJob =
  ({ allowsPrivate }: { allowsPrivate: boolean }): TwoSided =>
  async (act, raw) => {
    const payload = Payload.parse(raw)
    const parcel = await act((ctx) => ('transferId' in payload ? packTransfer(ctx, payload.transferId) : packTrial(ctx, payload.pushId)))
    if (!parcel) return
    const now = await act(async (ctx) => ctx.now())
    const sent = await sendSigned({ ...parcel, now, allowsPrivate })
    await act((ctx) => ('transferId' in payload ? settle(ctx, payload.transferId, parcel, sent) : settleTrial(ctx, parcel, sent)))
  }

async function way(ctx: Ctx, dealerId: string): Promise<{ url: string; secret: Buffer } | null> {
  const [found] = await ctx.run(wayTo, [dealerId])
  if (!found?.url || !found.secret) return null
  return { url: found.url, secret: await ctx.vault.unprotect(secretContext(ctx.tenantId, dealerId), found.secret) }
}

async function packTransfer(ctx: Ctx, transferId: string): Promise<Parcel | null> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer || transfer.endedAt || transfer.state !== 'ready') return null
  await ctx.run(add, [ctx.newId(), transfer.dealerId, transferId, ctx.now()])
  const [push] = await ctx.run(ofTransfer, [transferId])
  const to = await way(ctx, transfer.dealerId)
  const person = to && (await openForDealer(ctx, transfer))
  if (!push || !to || !person) {
    if (push) await ctx.run(failed, [push.id, null, to ? 'no_ground' : 'address', ctx.now()])
    return refuseTransfer(ctx, transfer, to ? 'no_basis' : 'not_delivered').then(() => null)
  }
  return { push, ...to, deliveryId: transferId, body: JSON.stringify(pushBody(transfer, person, ctx.now())), classes: person.classes }
}

async function packTrial(ctx: Ctx, pushId: string): Promise<Parcel | null> {
  const [push] = await ctx.run(trial, [pushId])
  if (push?.state !== 'waiting') return null
  const to = await way(ctx, push.dealerId)
  if (to) return { push, ...to, deliveryId: pushId, body: JSON.stringify({ trial: true, sent_at: ctx.now().toISOString() }), classes: [] }
  await ctx.run(failed, [pushId, null, 'address', ctx.now()])
  return null
}

const done = statement(
  'network_push_done',
  `update network_pushes set state = 'done', attempts = attempts + 1, status = $3, problem = null, next_at = null, done_at = $4 where tenant_id = $1 and id = $2`,
)
const failed = statement(
  'network_push_failed',
  `update network_pushes set state = 'failed', attempts = attempts + 1, status = $3, problem = $4, next_at = null, done_at = $5 where tenant_id = $1 and id = $2`,
)
const later = statement('network_push_later', `update network_pushes set attempts = attempts + 1, status = $3, problem = $4, next_at = $5 where tenant_id = $1 and id = $2`)

async function settle(ctx: Ctx, transferId: string, { push, classes }: Parcel, { status, problem }: Sent): Promise<void> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer) return
  if (problem === null) {
    await ctx.run(done, [push.id, status, ctx.now()])
    await markHandedOver(ctx, transfer, { classes })
    return
  }
  const pause = pausesSeconds[push.attempts]
  if (pause === undefined || transfer.endedAt) {
    await ctx.run(failed, [push.id, status, problem, ctx.now()])
    return refuseTransfer(ctx, transfer, 'not_delivered')
  }
  const nextAt = new Date(ctx.now().getTime() + pause * 1_000)
  await ctx.run(later, [push.id, status, problem, nextAt])
  ctx.emit('network-push', { transferId }, { runAt: nextAt, key: `network-push:${transferId}` })
}

async function settleTrial(ctx: Ctx, { push }: Parcel, { status, problem }: Sent): Promise<void> {
  if (problem === null) await ctx.run(done, [push.id, status, ctx.now()])
  else await ctx.run(failed, [push.id, status, problem, ctx.now()])
}
