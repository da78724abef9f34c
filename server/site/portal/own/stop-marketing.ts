import { own } from '../../../../contract/site/own.ts'
import { evidenceOf, objectToAll } from '../../../consent/index.ts'
import { handle } from '../../../kernel/index.ts'
import { tellPerson } from '../../../people/index.ts'
import { ownPerson } from './own-persons.ts'

/**
 * One button: every consent to advertising that is given is withdrawn, and every address of the person is kept as objected to, also where no consent was
 * ever given (152-ФЗ art. 15 ч.2: at once). Said twice, it changes nothing.
 */
export const stopMarketing = handle(own.stopMarketing, async (ctx, { personId }) => {
  const person = await ownPerson(ctx, personId)
  const withdrawn = await objectToAll(ctx, { personId, how: 'portal', place: 'portal:stop-marketing', evidence: evidenceOf(ctx) })
  ctx.audit('marketing.stopped', { persons: [personId], details: { withdrawn: withdrawn.join(',') } })
  tellPerson(ctx, personId, person)
  return { stopped: true as const }
})
