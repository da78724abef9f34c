import { z } from 'zod'
import { receiveLead } from '../../crm/index.ts'
import { notFound, Refusal, type Ctx, type LongJob } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { FactClass } from '../../vault/index.ts'
import { basisOf } from './basis.ts'
import { allowTransfer, markHandedOver, refuseTransfer } from './mark.ts'
import { contactDraftOf, openForDealer, type Opened } from './open-person.ts'
import { dueOf, lockTransfer, type TransferRow } from './transfer-row.ts'

const Payload = z.object({ transferId: z.uuid() })
type Step = { transfer: TransferRow; person: Opened } | null

/**
 * The job `network-transfer`: the person of a request is handed over to its dealer. Here the basis is looked at and the person opened, with a trace; there the
 * request is received like any other and noted as come from us; here again the handing over is marked as done. Each step is a transaction of its own and may
 * be run again: killed between any two, the next run finds what is there and goes on. A dealer with another system is only made ready for.
 */
export const onNetworkTransfer: LongJob = async (act, payload, _about, at) => {
  const { transferId } = Payload.parse(payload)
  const step = await act((ctx) => prepare(ctx, transferId))
  if (!step) return
  const { transfer, person } = step
  const dealerTenantId = transfer.dealerTenantId
  if (dealerTenantId === null) return
  try {
    const from = await act(async (ctx) => ctx.tenantId)
    const received = await at(dealerTenantId)((ctx) => receiveAtDealer(ctx, from, transfer, person))
    await act((ctx) => finish(ctx, transferId, person.classes, received.number))
  } catch (error) {
    // What the dealer's side can never take (a closed source, a register without such a basis) goes back to the lead desk; all else is tried again.
    if (!(error instanceof Refusal) || !hopeless.has(error.code)) throw error
    await act(async (ctx) => {
      const row = await lockTransfer(ctx, transferId)
      if (row) await refuseTransfer(ctx, row, 'not_delivered')
    })
  }
}
const hopeless = new Set(['invalid', 'no_ground', 'not_found'])

async function prepare(ctx: Ctx, transferId: string): Promise<Step> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer || transfer.endedAt || (transfer.state !== 'waiting' && transfer.state !== 'ready')) return null
  const basis = await basisOf(ctx, transfer.personId, transfer.leadId)
  if (!basis) return refuseTransfer(ctx, transfer, 'no_basis').then(() => null)
  await allowTransfer(ctx, transferId, basis)
  if (transfer.via === 'push') ctx.emit('network-push', { transferId }, { key: `network-push:${transferId}` })
  if (transfer.via !== 'crm') return null
  const person = await openForDealer(ctx, transfer)
  if (!person) return refuseTransfer(ctx, transfer, 'no_basis').then(() => null)
  return { transfer: { ...transfer, basis: basis.basis }, person }
}

const importer = statement<{ id: string }>('network_importer_source', `select id from lead_sources where tenant_id = $1 and code = 'importer' and is_active`)
const note = statement(
  'received_transfer_add',
  `
  insert into received_transfers (tenant_id, id, distributor_tenant_id, distributor, network_lead_id, number, lead_id, basis, at, take_due_at, first_contact_due_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (tenant_id, id) do nothing`,
)

/** The dealer's copy is the dealer's person under the dealer's keys, held on the handing over. The same delivery twice is one request. */
async function receiveAtDealer(ctx: Ctx, from: string, transfer: TransferRow, { contact, comment, car }: Opened): Promise<{ number: number }> {
  const { id, leadId, number, interest, model, outletId, basis } = transfer
  const [source] = await ctx.run(importer)
  const due = dueOf(transfer, ctx.now())
  if (!source || outletId === null || !due) throw notFound()
  const received = await receiveLead(ctx, {
    sourceId: source.id,
    networkLeadId: leadId,
    ground: { basis: basis ?? 'contract', evidence: { transferId: id } },
    intake: {
      externalRef: transfer.externalRef,
      interest,
      contact: contactDraftOf(contact),
      outletId,
      ...(model ? { model } : {}),
      ...(comment ? { comment } : {}),
      ...(car ? { ownCar: car } : {}),
    },
  })
  await ctx.run(note, [id, from, transfer.distributor, leadId, number, received.leadId, basis ?? 'contract', ctx.now(), due.takeDueAt, due.contactDueAt])
  ctx.audit('network_lead.received', {
    persons: [received.personId],
    object: { kind: 'lead', id: received.leadId },
    details: { transferId: id, distributorTenantId: from, number, basis },
  })
  return { number: received.number }
}

async function finish(ctx: Ctx, transferId: string, classes: readonly FactClass[], dealerLeadNumber: number): Promise<void> {
  const transfer = await lockTransfer(ctx, transferId)
  if (!transfer) return
  await markHandedOver(ctx, transfer, { classes, dealerLeadNumber })
  if (!transfer.endedAt) return
  // Stopped while it was on its way: the copy that has just arrived loses its ground at once, and the dealer is told what the person said meanwhile.
  const what = await saidMeanwhile(ctx, transfer)
  if (what) ctx.emit('recipients-told', { personId: transfer.personId, what })
  ctx.emit('network-take-back', { transferId, because: 'taken_back' }, { key: `network-take-back:${transferId}` })
}

const isThere = statement<{ id: string }>('network_transfer_still_held', `select id from persons where tenant_id = $1 and id = $2`)

async function saidMeanwhile(ctx: Ctx, { personId, leadId }: TransferRow): Promise<'destroyed' | 'withdrawn' | null> {
  const [person] = await ctx.run(isThere, [personId])
  if (!person) return 'destroyed'
  return (await basisOf(ctx, personId, leadId)) ? null : 'withdrawn'
}
