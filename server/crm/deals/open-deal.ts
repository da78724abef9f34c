import type { z } from 'zod'
import { deals, type DealDraft } from '../../../contract/crm/deal.ts'
import { handle, invalid, Refusal, wrongState, type Ctx } from '../../kernel/index.ts'
import { keepOnGround, startTerm, tellPerson, visiblePerson } from '../../people/index.ts'
import { tellLead } from '../leads/change-lead.ts'
import { leadOnPerson, widenToOutlet } from '../leads/lead-on-person.ts'
import { lockLead } from '../leads/one-lead.ts'
import { tellNetwork } from '../leads/tell-network.ts'
import { tellDeal } from './one-deal.ts'
import { assertModel, assertSeller } from './seller.ts'

type Draft = z.output<typeof DealDraft>
type Lead = { id: string; personId: string; outletId: string; responsibleId: string | null; version: number; takenAt: Date | null; networkLeadId: string | null }

/**
 * Opens a working list. From a lead: the lead is closed with the result `deal`, and the term of its own ground begins. The client is held on
 * for a contract they asked for (152-ФЗ art. 6 ч.1 п.5), with the deal as evidence; only a sale that came about holds them for its papers.
 */
export const openDeal = handle(deals.open, async (ctx, draft) => {
  const lead = await leadOf(ctx, draft)
  const personId = lead?.personId ?? draft.personId
  if (personId === undefined) throw invalid('personId', 'required')
  const person = await visiblePerson(ctx, personId)
  if (person.restrictedAt) throw new Refusal('restricted')
  const outletId = await outletOf(ctx, draft.outletId ?? lead?.outletId ?? person.outletId ?? ctx.actor.outletId)
  const responsibleId = draft.responsibleId ?? ctx.me
  await assertSeller(ctx, responsibleId, outletId, 'responsibleId')
  await assertModel(ctx, draft.modelId)
  const [id, now] = [ctx.newId(), ctx.now()]
  const modelId = draft.modelId ?? (lead ? await modelOf(ctx, lead.id) : null)
  const { number } = await ctx.db
    .insertInto('deals')
    .values({
      id,
      personId: person.id,
      leadId: lead?.id ?? null,
      outletId,
      responsibleId,
      modelId,
      stage: 'contact',
      amountKopecks: draft.amountKopecks,
      openedAt: now,
      stageSince: now,
    } as never)
    .returning('number')
    .executeTakeFirstOrThrow()
  await keepOnGround(ctx, person.id, { activityCode: 'lead', basis: 'contract', evidence: { dealId: id } })
  if (lead) await closeWithDeal(ctx, lead, id)
  await leadOnPerson(ctx, person.id, responsibleId)
  await widenToOutlet(ctx, person.id, outletId)
  ctx.audit('deal.opened', {
    persons: [person.id],
    object: { kind: 'deal', id },
    details: { leadId: lead?.id ?? null, responsibleId, modelId, amountKopecks: draft.amountKopecks },
  })
  tellDeal(ctx, { id, outletId, responsibleId, specialistId: null })
  tellPerson(ctx, person.id, person)
  return { id, version: 1, number, personId: person.id }
})

/** The open lead of the draft, locked. A lead and another person than its own do not go together. */
async function leadOf(ctx: Ctx, { leadId, leadVersion, personId }: Draft): Promise<Lead | null> {
  if (leadId === undefined || leadVersion === undefined) return null
  const lead = await lockLead(ctx, leadId, leadVersion)
  if (lead.status === 'closed') throw wrongState('closed')
  if (personId !== undefined && personId !== lead.personId) throw invalid('personId', 'not_of_lead')
  return lead
}

const modelOf = async (ctx: Ctx, leadId: string): Promise<string | null> =>
  (await ctx.db.selectFrom('leads').select('modelId').where('id', '=', leadId).executeTakeFirst())?.modelId ?? null

async function outletOf(ctx: Ctx, outletId: string | null): Promise<string> {
  if (outletId === null) throw invalid('outletId', 'required')
  if (ctx.actor.outletId !== null && ctx.actor.outletId !== outletId) throw invalid('outletId', 'unknown')
  if (!(await ctx.db.selectFrom('outlets').select('id').where('id', '=', outletId).executeTakeFirst())) throw invalid('outletId', 'unknown')
  return outletId
}

/** The request became a deal: its clocks stop, and so does the purpose of its own ground. */
async function closeWithDeal(ctx: Ctx, lead: Lead, dealId: string): Promise<void> {
  const now = ctx.now()
  await ctx.db
    .updateTable('leads')
    .set({ status: 'closed', result: 'deal', closedAt: now, takenAt: lead.takenAt ?? now, version: lead.version + 1 })
    .where('id', '=', lead.id)
    .execute()
  await startTerm(ctx, lead.personId, { leadId: lead.id })
  ctx.audit('lead.closed', { persons: [lead.personId], object: { kind: 'lead', id: lead.id }, details: { result: 'deal', dealId } })
  tellLead(ctx, lead.id, lead)
  tellNetwork(ctx, lead)
}
