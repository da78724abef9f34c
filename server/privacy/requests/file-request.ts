import { requests, type RequestKind } from '../../../contract/privacy/request.ts'
import type { ContactDraft } from '../../../contract/people/person.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { addPerson, contactFromDraft, restrictPerson, visiblePerson } from '../../people/index.ts'
import { companyToday } from '../terms/company-day.ts'
import { insertRequest, type Filed } from './insert-request.ts'
import { addEvent, sealText } from './request-events.ts'
import { objectAsSaid, stopMarketing, type Said } from './stop-marketing.ts'

/** By post, mail or phone: the officer writes it down. Whoever is not held yet is held from now on so that they can be answered, on the ground `rights` (152-ФЗ art. 20). */
export const recordRequest = handle(requests.file, async (ctx, { who, kind, channel, receivedOn, provedOn, words }) => {
  const id = ctx.newId()
  const hasWords = words !== ''
  const personId = 'personId' in who ? (await visiblePerson(ctx, who.personId)).id : await makeKnown(ctx, who.contact, { requestId: id, words })
  const filed = await insertRequest(ctx, { id, personId, kind, channel, receivedOn, provedOn, hasWords, draftId: null, identity: 'unknown' })
  if ('personId' in who && hasWords) await sealText(ctx, personId, id, words)
  // From its receipt on, whoever it was that wrote: what is looked into is not used meanwhile (art. 21 ч.1).
  if (kind === 'block') await restrictNow(ctx, id, personId)
  await stopAdvertising(ctx, { ...filed, personId, kind, how: channel === 'phone' ? 'staff_call' : 'staff_paper' })
  return { id, number: filed.number, personId, isRepeat: filed.isRepeat }
})

const makeKnown = (ctx: Ctx, draft: ContactDraft, { requestId, words }: { requestId: string; words: string }): Promise<string> =>
  addPerson(ctx, {
    contact: contactFromDraft(draft, { needsReach: false }),
    outletId: null,
    responsibleId: null,
    ground: { activityCode: 'rights', basis: 'law', evidence: { requestId } },
    facts: (personId) => (words === '' ? [] : [{ personId, class: 'communication', recordId: requestId, version: 1, facts: { text: words } }]),
  })

type OwnFiling = {
  personId: string
  kind: Exclude<RequestKind, 'regulator'>
  how: 'portal'
  words: string
  /** Of `rectify`: what should stand there instead. */
  draft?: ContactDraft | undefined
}

/**
 * The person asks on their own page. When the address is theirs alone it is proved that it is them, so what the law wants at once is done at once (art. 15 ч.2,
 * 21 ч.1); by one that several share the officer finds out first who asks (art. 14 ч.3), and only advertising stops at once. The actor is the subject; persons who are not them do not exist. Refuses `invalid` by field for a draft that cannot be read, `full` beyond twenty open requests.
 */
export async function fileRequest(ctx: Ctx, { personId, kind, words, draft }: OwnFiling): Promise<Filed> {
  if (!ctx.actor.persons.includes(personId)) throw notFound()
  if (draft) contactFromDraft(draft, { needsReach: false })
  const { isProved } = ctx.actor
  const [id, draftId] = [ctx.newId(), draft ? ctx.newId() : null]
  const filed = await insertRequest(ctx, {
    id,
    personId,
    kind,
    channel: 'portal',
    receivedOn: await companyToday(ctx),
    hasWords: words !== '',
    draftId,
    identity: isProved ? 'portal' : 'unknown',
  })
  if (words !== '') await sealText(ctx, personId, id, words)
  if (draftId !== null) await sealText(ctx, personId, draftId, JSON.stringify(draft))
  if (kind === 'block' && isProved) await restrictNow(ctx, id, personId)
  await stopAdvertising(ctx, { ...filed, personId, kind, how: 'portal' })
  return filed
}

async function restrictNow(ctx: Ctx, requestId: string, personId: string): Promise<void> {
  if (await restrictPerson(ctx, personId, true)) await addEvent(ctx, requestId, 'restricted')
}

type Urgent = Said & { id: string; kind: RequestKind }

/** Whoever wants no processing any more wants no advertising either. */
const saysNo: readonly RequestKind[] = ['withdraw', 'stop', 'destroy']

/**
 * Advertising has no form and no grace (art. 15 ч.2; 38-ФЗ art. 18 ч.1): it stops as the demand is written down, whoever says it. A demand for that alone is
 * carried out with it; of the wider ones the rest has its term.
 */
async function stopAdvertising(ctx: Ctx, { id, personId, kind, how }: Urgent): Promise<void> {
  if (kind === 'stop_marketing') await stopMarketing(ctx, { requestId: id, personId, how })
  else if (saysNo.includes(kind)) await objectAsSaid(ctx, { personId, how })
}
