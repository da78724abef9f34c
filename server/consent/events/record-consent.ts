import { consents } from '../../../contract/consent/consent.ts'
import { handle } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { addConsent } from './add-consent.ts'

export const recordConsent = handle(consents.record, async (ctx, { personId, kind, state, how, textId }) => {
  const person = await visiblePerson(ctx, personId)
  const eventId = await addConsent(ctx, { personId, kind, state, how, textId })
  ctx.live({ kind: 'person', id: personId, outletId: person.outletId, responsibleId: person.responsibleId, specialistId: person.specialistId })
  return { eventId }
})
