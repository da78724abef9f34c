import type { PushNotice } from '../../../contract/dnm/feedback.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { TransferRow } from '../transfer/transfer-row.ts'
import type { PushNoticeKind } from './push-row.ts'

const queue = statement<{ id: string }>(
  'network_push_notice_add',
  `
  insert into network_pushes (tenant_id, id, dealer_id, transfer_id, what, created_at) select $1, $2, r.dealer_id, r.transfer_id, $4, $5 from network_pushes r
    where r.tenant_id = $1 and r.transfer_id = $3 and r.what = 'request' and r.attempts > 0
      and not exists (select from network_pushes n where n.tenant_id = $1 and n.transfer_id = $3 and n.what = $4 and n.state = 'waiting') returning id`,
)

/**
 * Tells a dealer's own system what has become of a request that was sent there, or may have been: a try that we heard no answer to counts. To a system that
 * was sent nothing there is nothing to tell.
 */
export async function tellSystem(ctx: Ctx, transferId: string, what: PushNoticeKind): Promise<void> {
  const [queued] = await ctx.run(queue, [ctx.newId(), transferId, what, ctx.now()])
  if (queued) ctx.emit('network-push', { pushId: queued.id }, { key: `network-push:${queued.id}` })
}

/** The message: a number and a code, nobody's data. */
export const noticeBody = ({ leadId, number, endedAt }: TransferRow, because: PushNoticeKind, now: Date): PushNotice => ({
  event: endedAt ? 'withdrawn' : 'notice',
  because,
  lead_id: leadId,
  public_id: number,
  sent_at: now.toISOString(),
})
