import { consents } from '../../../contract/consent/consent.ts'
import { handle } from '../../kernel/index.ts'
import { tellPerson, visiblePerson } from '../../people/index.ts'
import { addConsent } from './add-consent.ts'

export const recordConsent = handle(consents.record, async (ctx, { personId, kind, state, how, textId }) => {
  const person = await visiblePerson(ctx, personId)
  const eventId = await addConsent(ctx, { personId, kind, state, how, textId })
  tellPerson(ctx, personId, person)
  return { eventId }
})
