import { z } from 'zod'
import type { Ctx, LongJob } from '../../kernel/index.ts'
import { markHeard } from '../../people/index.ts'
import type { FactClass } from '../../vault/index.ts'
import { markHandedOver, refuseTransfer } from '../transfer/mark.ts'
import { openForDealer } from '../transfer/open-person.ts'
import { lockTransfer } from '../transfer/transfer-row.ts'
import { pushBody } from './push-body.ts'
import { addRequestPush, beginPush, failPush, isUnderWay, lockOtherPush, lockRequestPush, schedulePush, settlePush, wayOf, type Push } from './push-row.ts'
import { sendSigned, type Sent } from './send-signed.ts'
import { noticeBody } from './tell-system.ts'

const Payload = z.union([z.object({ transferId: z.uuid() }), z.object({ pushId: z.uuid() })])

/** Longer than a try may take. */
const UNDER_WAY_SECONDS = 30

type Parcel = { push: Push; url: string; secret: Buffer; deliveryId: string; body: string; now: Date; classes: FactClass[] }

/**
 * The job `network-push`: a request with its person goes to the dealer's own system, signed; so does what has become of it since, and a trial. Sent is only what
 * was answered with 2xx; all else is tried again with growing pauses, and the receiver knows a repeated delivery by its id. The ground is looked at again by
 * the vault at every try.
 */
export const pushJob =
  ({ allowsPrivate }: { allowsPrivate: boolean }): LongJob =>
  async (act, raw) => {
    const payload = Payload.parse(raw)
    const parcel = await act((ctx) => ('transferId' in payload ? packRequest(ctx, payload.transferId) : packOther(ctx, payload.pushId)))
    if (!parcel) return
    const sent = await sendSigned({ ...parcel, allowsPrivate })
    await act((ctx) => ('transferId' in payload ? settleRequest(ctx, payload.transferId, parcel, sent) : settleOther(ctx, parcel.push, sent)))
  }

async function packRequest(ctx: Ctx, transferId: string): Promise<Parcel | null> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer) return null
  const mayLeave = transfer.state === 'ready' && transfer.endedAt === null
  if (mayLeave) await addRequestPush(ctx, transfer)
  const push = await lockRequestPush(ctx, transferId)
  if (!push) return null
  // Taken back between two tries: no more of them.
  if (!mayLeave) return failPush(ctx, push, null).then(() => null)
  const to = await wayOf(ctx, transfer.dealerId)
  const person = to && (await openForDealer(ctx, transfer))
  if (!to || !person) {
    await failPush(ctx, push, to ? 'no_ground' : 'address')
    return refuseTransfer(ctx, transfer, to ? 'no_basis' : 'not_delivered').then(() => null)
  }
  await beginPush(ctx, push)
  const now = ctx.now()
  return { push, ...to, deliveryId: transferId, body: JSON.stringify(pushBody(transfer, person, now)), now, classes: person.classes }
}

async function packOther(ctx: Ctx, pushId: string): Promise<Parcel | null> {
  const push = await lockOtherPush(ctx, pushId)
  if (!push) return null
  if (push.transferId !== null && (await isUnderWay(ctx, push.transferId))) {
    schedulePush(ctx, push, UNDER_WAY_SECONDS)
    return null
  }
  const to = await wayOf(ctx, push.dealerId)
  const body = to && (await wordsOf(ctx, push))
  if (!to || !body) {
    await failPush(ctx, push, 'address')
    return noteNotified(ctx, push, false).then(() => null)
  }
  await beginPush(ctx, push)
  return { push, ...to, deliveryId: pushId, body: JSON.stringify(body), now: ctx.now(), classes: [] }
}

async function wordsOf(ctx: Ctx, { transferId, what }: Push): Promise<object | null> {
  if (transferId === null || what === 'request') return { trial: true, sent_at: ctx.now().toISOString() }
  const transfer = await lockTransfer(ctx, transferId)
  return transfer ? noticeBody(transfer, what, ctx.now()) : null
}

async function settleRequest(ctx: Ctx, transferId: string, { push, classes }: Parcel, sent: Sent): Promise<void> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer) return
  const became = await settlePush(ctx, push, sent, transfer.endedAt === null)
  if (became === 'done') await markHandedOver(ctx, transfer, { classes })
  if (became === 'failed') await refuseTransfer(ctx, transfer, 'not_delivered')
}

async function settleOther(ctx: Ctx, push: Push, sent: Sent): Promise<void> {
  const became = await settlePush(ctx, push, sent, push.transferId !== null)
  if (became !== 'later') await noteNotified(ctx, push, became === 'done')
}

async function noteNotified(ctx: Ctx, push: Push, isDelivered: boolean): Promise<void> {
  const transfer = push.transferId === null ? undefined : await lockTransfer(ctx, push.transferId)
  if (!transfer) return
  if (isDelivered && push.what !== 'request' && push.what !== 'taken_back') await markHeard(ctx, transfer.id, push.what, 'push')
  ctx.audit('network_lead.notified', {
    object: { kind: 'network_lead', id: transfer.leadId },
    details: { transferId: transfer.id, dealerId: push.dealerId, what: push.what, isDelivered },
  })
}
