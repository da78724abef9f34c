import { persons } from '../../../contract/people/person.ts'
import { handle, may } from '../../kernel/index.ts'
import { contactFromDraft } from '../contact-from-draft.ts'
import { addPerson } from './add-person.ts'

export const createPerson = handle(persons.create, async (ctx, { contact, outletId, ground }) => {
  // Who sees only their own clients leads the one they bring; else nobody does yet.
  const responsibleId = may(ctx.actor, 'person.read_all') ? null : ctx.actor.id
  const id = await addPerson(ctx, {
    contact: contactFromDraft(contact),
    outletId: outletId ?? ctx.actor.outletId,
    responsibleId,
    ground: { ...ground, evidence: { by: ctx.actor.id ?? 'machine' } },
  })
  ctx.live({ kind: 'person', id, outletId: outletId ?? ctx.actor.outletId, responsibleId })
  return { id }
})
