import { lms, type LmsNotice } from '../../../contract/dnm/lms.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { markHeard } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { myDealer } from '../dealers/my-dealer.ts'

type Row = { transferId: string; leadId: string; number: number; what: LmsNotice['because']; queuedAt: Date; toldAt: Date | null }
const list = statement<Row>(
  'lms_notices',
  `
  select r.transfer_id "transferId", t.lead_id "leadId", r.number, r.what, r.queued_at "queuedAt", r.told_at "toldAt" from recipient_notices r
  join network_transfers t on t.tenant_id = $1 and t.id = r.transfer_id where r.tenant_id = $1 and r.dealer_id = $2 order by r.queued_at desc, r.id limit $3`,
)

/**
 * What a dealer's system fetches of people whose requests it was handed (152-ФЗ art. 20 ч.3, 21 ч.1–3). Nobody is told by there being a list: told is what an
 * answer held, from the first one on.
 */
export const listLmsNotices = handle(lms.notices, async (ctx, { limit }) => {
  const dealer = await myDealer(ctx)
  const rows = await ctx.run(list, [dealer.id, limit])
  const fresh = rows.filter(({ toldAt }) => toldAt === null)
  if (fresh.length > 0) await noteFetched(ctx, dealer.id, fresh)
  return rows.map(({ number, what, queuedAt }) => ({ id: number, because: what, queued_at: queuedAt.toISOString() }))
})

/** A GET changes nothing by itself: that they were fetched is an act of its own, committed before the answer. */
async function noteFetched(ctx: Ctx, dealerId: string, fresh: readonly Row[]): Promise<void> {
  await ctx.elsewhere(ctx.tenantId, ctx.door, async (own) => {
    for (const { transferId, leadId, what } of fresh.toSorted((a, b) => (a.transferId < b.transferId ? -1 : 1))) {
      await markHeard(own, transferId, what, 'poll')
      own.audit('network_lead.notified', { object: { kind: 'network_lead', id: leadId }, details: { transferId, dealerId, what, isDelivered: true } })
    }
  })
}
