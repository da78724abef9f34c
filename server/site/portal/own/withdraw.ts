import { own } from '../../../../contract/site/own.ts'
import { evidenceOf, readEvents, recordAtDoor, stateOf } from '../../../consent/index.ts'
import { handle, wrongState } from '../../../kernel/index.ts'
import { tellPerson } from '../../../people/index.ts'
import { ownPerson } from './own-persons.ts'

/** Takes a consent back, at once and without asking why (152-ФЗ art. 9 ч.2). There must be one: a "no" without it is said by stopping advertising. */
export const withdrawOwn = handle(own.withdraw, async (ctx, { personId, kind }) => {
  await ownPerson(ctx, personId)
  const { state } = stateOf(kind, await readEvents(ctx, personId, [kind]), ctx.now())
  if (state !== 'given') throw wrongState(state)
  const events = await recordAtDoor(ctx, { personId, words: [{ kind, state: 'withdrawn' }], how: 'portal', place: 'portal:consents', evidence: evidenceOf(ctx) })
  const person = await ownPerson(ctx, personId)
  tellPerson(ctx, personId, person)
  return { eventId: events[kind] ?? '', destroyAfter: (ctx.actor.isProved && person.destroyAfter?.toISOString()) || null }
})
