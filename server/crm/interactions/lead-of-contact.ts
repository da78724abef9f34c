import { isGenuineContact, type InteractionKind, type InteractionResult } from '../../../contract/crm/interaction.ts'
import { invalid, may, seer, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { leadOnPerson } from '../leads/lead-on-person.ts'
import { tellNetwork } from '../leads/tell-network.ts'
import type { Effects } from './effects.ts'

export type ContactLead = {
  id: string
  status: string
  outletId: string
  responsibleId: string | null
  assignedBecause: string
  takenAt: Date | null
  firstContactAt: Date | null
  networkLeadId: string | null
  version: number
}

const find = statement<ContactLead>(
  'contact_lead',
  `
  select l.id, l.status, l.outlet_id "outletId", l.responsible_id "responsibleId", l.assigned_because "assignedBecause", l.taken_at "takenAt", l.first_contact_at "firstContactAt", l.network_lead_id "networkLeadId", l.version
  from leads l where l.tenant_id = $1 and l.person_id = $5 and ${seenText('l', 2)} and (l.id = $6 or ($6::uuid is null and l.status in ('new', 'in_work')))
  order by l.received_at desc limit 1 for update`,
)

/** The lead that this contact answers: the one named, or the newest open one of the person that the author sees. @throws Refusal invalid leadId */
export async function leadOfContact(ctx: Ctx, { personId, leadId }: { personId: string; leadId?: string | null | undefined }): Promise<ContactLead | null> {
  if (leadId === null) return null
  const [lead] = await ctx.run(find, [...seerValues(seer(ctx.actor, 'lead.read_all')), personId, leadId ?? null])
  if (leadId !== undefined && !lead) throw invalid('leadId', 'unknown')
  return lead ?? null
}

const change = statement(
  'contact_lead_change',
  `
  update leads set status = $3, responsible_id = $4, assigned_because = $5, taken_at = $6, first_contact_at = $7, version = version + 1 where tenant_id = $1 and id = $2`,
)

/**
 * What a contact does to its lead: any attempt takes a new one into work (never from a colleague), a genuine contact stops the second clock.
 * A closed lead stays as it is.
 */
export async function applyContact(
  ctx: Ctx,
  lead: ContactLead | null,
  personId: string,
  contact: { kind: InteractionKind; result: InteractionResult },
): Promise<Pick<Effects, 'took' | 'isFirstContact' | 'hands'>> {
  if (!lead || lead.status === 'closed') return {}
  const tookIt = lead.status === 'new' && contact.kind !== 'note' && may(ctx.actor, 'lead.take')
  const isFirstContact = lead.firstContactAt === null && isGenuineContact({ ...contact, isAutomatic: false })
  if (!tookIt && !isFirstContact) return {}
  const isMine = tookIt && lead.responsibleId === null
  const responsibleId = isMine ? ctx.actor.id : lead.responsibleId
  await ctx.run(change, [
    lead.id,
    tookIt ? 'in_work' : lead.status,
    responsibleId,
    isMine ? 'taken' : lead.assignedBecause,
    tookIt ? ctx.now() : lead.takenAt,
    isFirstContact ? ctx.now() : lead.firstContactAt,
  ])
  const moved = tookIt && responsibleId ? await leadOnPerson(ctx, personId, responsibleId) : undefined
  if (tookIt) {
    ctx.audit('lead.taken', { persons: [personId], object: { kind: 'lead', id: lead.id }, details: { by: 'contact' } })
  }
  tellNetwork(ctx, lead)
  ctx.live({ kind: 'lead', id: lead.id, outletId: lead.outletId, responsibleId: isMine ? null : lead.responsibleId })
  return {
    ...(tookIt ? { took: { leadVersion: lead.version + 1, responsibleId: lead.responsibleId, assignedBecause: lead.assignedBecause } } : {}),
    ...(isFirstContact ? { isFirstContact } : {}),
    ...(moved && responsibleId ? { hands: { before: moved.before, after: responsibleId } } : {}),
  }
}
