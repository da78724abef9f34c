import { requests, type Representative } from '../../../contract/privacy/request.ts'
import { requests as t } from '../../../i18n/ru/requests.ts'
import { handle, invalid, wrongState } from '../../kernel/index.ts'
import { restrictPerson } from '../../people/index.ts'
import { addEvent } from './request-events.ts'
import { changeRequest, openRequest, personOf } from './request-row.ts'

/** The officer takes a request into work, from nobody or from a colleague. */
export const takeRequest = handle(requests.take, async (ctx, { requestId, version }) => {
  const row = await openRequest(ctx, requestId, version)
  await addEvent(ctx, requestId, 'taken')
  ctx.audit('request.taken', { object: { kind: 'request', id: requestId }, details: { number: row.number } })
  return changeRequest(ctx, row, { state: 'in_work', responsibleId: ctx.me })
})

/**
 * How it was proved that the person is who they say (152-ФЗ art. 14 ч.3). Without it nobody is answered. A representative shows two papers, their own document and
 * the one that gives them the powers (art. 9 ч.1): both are kept sealed with the person, and being known at the office proves no powers.
 */
export const identifyRequester = handle(requests.identify, async (ctx, { requestId, version, how, representative }) => {
  const row = await openRequest(ctx, requestId, version)
  const personId = personOf(row)
  if (row.identity !== 'unknown') throw wrongState('identified')
  if (representative && how !== 'document') throw invalid('how', 'document_needed')
  const details = { how, byRepresentative: representative !== undefined }
  await addEvent(ctx, requestId, 'identified', { details, ...(representative ? { text: { personId, words: wordsOf(representative) } } : {}) })
  ctx.audit('request.identified', { persons: [personId], object: { kind: 'request', id: requestId }, details })
  return changeRequest(ctx, row, { identity: how })
})

const wordsOf = ({ name, document, powers }: Representative): string => t.representative(name, document, powers)

/** Stops the processing of the person at once and everywhere while the request is looked into (art. 21 ч.1), or lets it go on. */
export const restrictRequester = handle(requests.restrict, async (ctx, { requestId, version, isRestricted }) => {
  const row = await openRequest(ctx, requestId, version)
  if (!(await restrictPerson(ctx, personOf(row), isRestricted))) throw wrongState(isRestricted ? 'restricted' : 'not_restricted')
  await addEvent(ctx, requestId, isRestricted ? 'restricted' : 'lifted')
  return changeRequest(ctx, row, {})
})
