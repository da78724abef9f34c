import { recordDisclosure } from '../../people/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { FactClass } from '../../vault/index.ts'
import { leaveUnrouted } from '../leads/give.ts'
import { lockNetworkLead, stateOf, tellNetworkLead } from '../leads/network-row.ts'
import type { Basis } from './basis.ts'
import type { TransferRow } from './transfer-row.ts'

const allow = statement(
  'network_transfer_allow',
  `
  update network_transfers set basis = $3, consent_event_id = $4, state = 'ready' where tenant_id = $1 and id = $2 and state = 'waiting'`,
)
/** The basis was looked at and holds: who may be handed over, on what, before anything leaves. */
export const allowTransfer = async (ctx: Ctx, transferId: string, { basis, consentEventId }: Basis): Promise<void> =>
  void (await ctx.run(allow, [transferId, basis, consentEventId]))

const finish = statement<{ id: string }>(
  'network_transfer_done',
  `
  update network_transfers set state = 'done', done_at = $3 where tenant_id = $1 and id = $2 and done_at is null returning id`,
)
const isHeld = statement<{ id: string }>('network_transfer_person', `select id from persons where tenant_id = $1 and id = $2 for key share`)
const arrive = statement(
  'network_lead_arrived',
  `
  update network_leads set received_at = coalesce(received_at, $4), dealer_lead_number = coalesce($3, dealer_lead_number), state = case when state = 'offered' then 'received' else state end,
    version = version + 1 where tenant_id = $1 and id = $2`,
)

/**
 * The person is at the dealer's: the handing over is done, the person can be told who has them (152-ФЗ art. 14 ч.7 п.4), and the request is received.
 * Once: whoever comes second with the same handing over changes nothing. What arrived has arrived, also when it was stopped on its way; of somebody who is
 * not held any more there is nobody to tell.
 */
export async function markHandedOver(
  ctx: Ctx,
  transfer: TransferRow,
  { classes, dealerLeadNumber = null }: { classes: readonly FactClass[]; dealerLeadNumber?: number | null },
): Promise<boolean> {
  const [done] = await ctx.run(finish, [transfer.id, ctx.now()])
  if (!done) return false
  if (transfer.isCurrent) await ctx.run(arrive, [transfer.leadId, dealerLeadNumber, ctx.now()])
  const [person] = await ctx.run(isHeld, [transfer.personId])
  if (person)
    await recordDisclosure(ctx, {
      personId: transfer.personId,
      recipientName: transfer.dealer,
      recipientTenantId: transfer.dealerTenantId,
      basis: transfer.basis ?? 'contract',
      what: classes,
    })
  ctx.audit('network_lead.handed_over', {
    persons: [transfer.personId],
    object: { kind: 'network_lead', id: transfer.leadId },
    details: { transferId: transfer.id, dealerId: transfer.dealerId, via: transfer.via, basis: transfer.basis },
  })
  tellNetworkLead(ctx, transfer.leadId)
  return true
}

const fail = statement(
  'network_transfer_fail',
  `update network_transfers set state = $3, ended_at = coalesce(ended_at, $4) where tenant_id = $1 and id = $2 and state in ('waiting', 'ready')`,
)
const note = statement(
  'network_move_refused',
  `
  insert into network_moves (tenant_id, id, lead_id, kind, from_dealer_id, because, at) values ($1, $3, $2, 'refused', $4, $5, $6)`,
)

/** Nobody is handed over: on no basis, or the dealer's side could not take it. The request is in the hands of the lead desk. */
export async function refuseTransfer(ctx: Ctx, transfer: TransferRow, because: 'no_basis' | 'not_delivered'): Promise<void> {
  await ctx.run(fail, [transfer.id, because === 'no_basis' ? 'refused' : 'failed', ctx.now()])
  ctx.audit('network_lead.refused', {
    persons: [transfer.personId],
    object: { kind: 'network_lead', id: transfer.leadId },
    details: { transferId: transfer.id, dealerId: transfer.dealerId, because },
  })
  const lead = transfer.isCurrent ? await lockNetworkLead(ctx, transfer.leadId) : undefined
  if (!lead || stateOf(lead) !== 'offered') return
  await ctx.run(note, [transfer.leadId, ctx.newId(), transfer.dealerId, because, ctx.now()])
  await leaveUnrouted(ctx, lead, because)
}
