import { persons } from '../../../contract/people/person.ts'
import { handle, stale } from '../../kernel/index.ts'
import { contactFromDraft } from '../contact-from-draft.ts'
import { replaceContact } from './replace-contact.ts'
import { tellPerson, visiblePerson } from './visible-person.ts'

/** Corrects the contact facts (152-ФЗ art. 14 ч.1, art. 20). The search tokens change in the same transaction. */
export const editPerson = handle(persons.edit, async (ctx, { personId, version, contact }) => {
  const person = await visiblePerson(ctx, personId)
  if (person.version !== version) throw stale({ version: person.version })
  const next = await replaceContact(ctx, { personId, version, contact: contactFromDraft(contact) })
  tellPerson(ctx, personId, person)
  return { version: next }
})
