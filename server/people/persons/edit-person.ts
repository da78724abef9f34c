import { persons } from '../../../contract/people/person.ts'
import { handle, stale, TryAgain } from '../../kernel/index.ts'
import { contactFromDraft } from '../contact-from-draft.ts'
import { sealFacts } from './seal-facts.ts'
import { visiblePerson } from './visible-person.ts'

/** Corrects the contact facts (152-ФЗ art. 14 ч.1, art. 20). The search tokens change in the same transaction. */
export const editPerson = handle(persons.edit, async (ctx, { personId, version, contact }) => {
  const person = await visiblePerson(ctx, personId)
  if (person.version !== version) throw stale({ version: person.version })
  const next = version + 1
  const { numUpdatedRows } = await ctx.db
    .updateTable('persons')
    .set({ version: next, updatedAt: ctx.now() })
    .where('id', '=', personId)
    .where('version', '=', version)
    .executeTakeFirst()
  // Somebody was faster between the two statements: the next run tells them so.
  if (numUpdatedRows !== 1n) throw new TryAgain()
  await sealFacts(ctx, personId, [{ personId, class: 'contact', recordId: personId, version: next, facts: contactFromDraft(contact) }])
  ctx.audit('person.edited', { persons: [personId], object: { kind: 'person', id: personId }, details: { class: 'contact', version: next } })
  ctx.live({ kind: 'person', id: personId, outletId: person.outletId, responsibleId: person.responsibleId })
  return { version: next }
})
