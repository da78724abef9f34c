import type { ContactDraft } from '../../../contract/people/person.ts'
import { requests } from '../../../contract/privacy/request.ts'
import { consentKinds } from '../../../contract/consent/consent.ts'
import { addConsent, readEvents, stateOf } from '../../consent/index.ts'
import { handle, invalid, wrongState, type Ctx } from '../../kernel/index.ts'
import { contactFromDraft, endGrounds, liveGroundsOf, replaceContact, tellRecipients, visiblePerson } from '../../people/index.ts'
import { closeRequest } from './close-request.ts'
import { liftBlock } from './lift-block.ts'
import type { EventDetails } from './request-events.ts'
import { openRequest, personOf, type RequestColumns } from './request-row.ts'
import { stopMarketing } from './stop-marketing.ts'

/** Does what was asked, in one transaction, and closes the request. Access and the regulator are answered instead, a destruction has an act of its own. */
export const executeRequest = handle(requests.execute, async (ctx, { requestId, version, words, contact, groundIds }) => {
  const row = await openRequest(ctx, requestId, version)
  const personId = personOf(row)
  if (row.identity === 'unknown' && row.kind !== 'stop_marketing') throw wrongState('identity_unknown')
  switch (row.kind) {
    case 'rectify':
      if (!contact) throw invalid('contact', 'required')
      return closeRequest(ctx, row, { state: 'executed', details: await correct(ctx, { personId, requestId }, contact) })
    case 'stop':
    case 'withdraw':
      return closeRequest(ctx, row, { state: 'executed', details: await endBases(ctx, row, personId, groundIds) })
    case 'block':
      // Looked into and found in order: what the block was for is over (art. 21 ч.2).
      return closeRequest(ctx, row, { state: 'executed', details: { lifted: await liftBlock(ctx, { personId, requestId }) } })
    case 'stop_marketing':
      await stopMarketing(ctx, { requestId, personId, how: 'staff_paper' })
      return { version: version + 1, state: 'executed' as const }
    case 'auto_objection':
      // A human has looked, and the person is told what came of it (art. 16 ч.4).
      if (!words) throw invalid('words', 'required')
      return closeRequest(ctx, row, { state: 'executed', words })
    case 'access':
    case 'regulator':
    case 'destroy':
      throw wrongState(row.kind)
  }
})

/** Puts the corrected contact in its place, lifts the block that was for the check, and tells whoever had received the old one (art. 20 ч.3, 21 ч.2). */
async function correct(ctx: Ctx, { personId, requestId }: { personId: string; requestId: string }, draft: ContactDraft): Promise<EventDetails> {
  const { version } = await visiblePerson(ctx, personId)
  await replaceContact(ctx, { personId, version, contact: contactFromDraft(draft, { needsReach: false }) })
  const lifted = await liftBlock(ctx, { personId, requestId })
  return { recipients: await tellRecipients(ctx, [personId], 'corrected'), lifted }
}

/**
 * Withdrawal takes back every consent that is in force, and with it the grounds that rest on it (art. 9 ч.2, 21 ч.5). A demand to stop ends what rests on
 * consent (art. 21 ч.5.1); contracts and laws stay, unless the officer names them.
 */
async function endBases(ctx: Ctx, { kind }: RequestColumns, personId: string, groundIds: readonly string[] | undefined): Promise<EventDetails> {
  const events = await readEvents(ctx, personId, null)
  const given = consentKinds.filter((each) => stateOf(each, events, ctx.now()).state === 'given')
  for (const each of given) await addConsent(ctx, { personId, kind: each, state: 'withdrawn', how: 'staff_paper' })
  const live = await liveGroundsOf(ctx, personId)
  const unknown = groundIds?.find((id) => !live.some((ground) => ground.id === id))
  if (unknown !== undefined) throw invalid('groundIds', 'unknown')
  const named = live.filter(({ id, basis }) => groundIds?.includes(id) ?? basis === 'consent').map(({ id }) => id)
  const ended = await endGrounds(ctx, personId, named, kind === 'withdraw' ? 'consent_withdrawn' : 'objection')
  // The withdrawal of their consent to the request itself has told the recipients already.
  if (!given.includes('request') && ended > 0) await tellRecipients(ctx, [personId], 'withdrawn')
  return { consents: given.length, grounds: ended }
}
