import type { ContactDraft } from '../../../contract/people/person.ts'
import type { Ctx } from '../../kernel/index.ts'
import { Revealed, type Contact, type FactClass } from '../../vault/index.ts'

export type Opened = { contact: Contact; comment: string | null; car: { vin?: string | undefined; plate?: string | undefined } | null; classes: FactClass[] }

/**
 * The person of a request, opened for the dealer whom they are handed to: the name, the addresses, what they wrote with this request and the car they named
 * in it; nothing else that is known of them. The vault checks the ground and writes the trace first. Null: they may not be opened (no ground, restricted, gone).
 */
export async function openForDealer(ctx: Ctx, { personId, leadId }: { personId: string; leadId: string }): Promise<Opened | null> {
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: ctx.purpose,
    personIds: [personId],
    classes: ['contact', 'vehicle', 'communication'],
    recordIds: [leadId],
    masked: false,
    door: ctx.door,
  })
  if (person?.state !== 'open') return null
  const opened: Opened = { contact: { phones: [], emails: [] }, comment: null, car: null, classes: [] }
  for (const fact of person.facts) {
    if (fact.class === 'contact') opened.contact = Revealed.open(fact.facts)
    else if (fact.class === 'communication' && fact.recordId === leadId) opened.comment = Revealed.open(fact.facts).text
    else if (fact.class === 'vehicle' && fact.recordId === leadId) opened.car = Revealed.open(fact.facts)
    else continue
    opened.classes.push(fact.class)
  }
  return opened
}

/** What of it makes a request at the dealer's. */
export const contactDraftOf = ({ surname, given, patronymic, phones, emails }: Contact): ContactDraft => ({
  surname,
  given,
  patronymic,
  phones: phones.map(({ e164 }) => e164),
  emails: emails.map(({ address }) => address),
})
