import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { cancelQueued, LEASE_MS, sendMailing } from '../outbound/message-row.ts'
import { holdMailing, tellOfMailing, type MailingColumns } from './mailing-row.ts'

const open = statement<{ queued: number; inHand: number }>(
  'mailing_open',
  `
  select count(*) filter (where state = 'queued')::int queued, count(*) filter (where state = 'sending')::int "inHand" from outbound_messages
  where tenant_id = $1 and mailing_id = $2 and state in ('queued', 'sending')`,
)

/**
 * A mailing is done when everyone has an answer. What was queued behind the back of its sender is sent by a further job; what another sender holds is looked
 * at again when it should have been settled.
 */
export async function finishMailing(ctx: Ctx, mailingId: string): Promise<void> {
  const mailing = await holdMailing(ctx, mailingId)
  if (mailing?.state === 'cancelled') return endCancelled(ctx, mailing)
  if (mailing?.state !== 'running') return
  const [left] = await ctx.run(open, [mailingId])
  tellOfMailing(ctx, mailingId)
  // While it is gathered its senders are called part by part, the last time with the last part.
  if (!mailing.isGathered || !left) return
  if (left.queued > 0) return sendMailing(ctx, mailing)
  if (left.inHand > 0) return lookLater(ctx, mailing)
  await ctx.db
    .updateTable('mailings')
    .set({ state: 'done', finishedAt: ctx.now(), version: mailing.version + 1 })
    .where('id', '=', mailingId)
    .execute()
  ctx.audit('mailing.finished', { object: { kind: 'mailing', id: mailingId } })
}

/**
 * What was in hand when the mailing was cancelled, and was not taken or was left behind since, is cancelled too. For whoever cancels, and for the job that looks
 * after the rest of it. Returns how many.
 */
export async function cancelRest(ctx: Ctx, mailing: MailingColumns): Promise<number> {
  const cancelled = await cancelQueued(ctx, { mailingId: mailing.id }, 'mailing_cancelled')
  const [left] = await ctx.run(open, [mailing.id])
  if (left && left.inHand > 0) lookLater(ctx, mailing)
  return cancelled
}

async function endCancelled(ctx: Ctx, mailing: MailingColumns): Promise<void> {
  const messages = await cancelRest(ctx, mailing)
  if (messages === 0) return
  ctx.audit('outbound.cancelled', { object: { kind: 'mailing', id: mailing.id }, details: { because: 'mailing_cancelled', messages } })
  tellOfMailing(ctx, mailing.id)
}

const lookLater = (ctx: Ctx, mailing: MailingColumns): void => sendMailing(ctx, mailing, new Date(ctx.now().getTime() + LEASE_MS))
