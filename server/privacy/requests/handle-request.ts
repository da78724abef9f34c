import { requests } from '../../../contract/privacy/request.ts'
import { handle, wrongState } from '../../kernel/index.ts'
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

/** How it was proved that the person is who they say (152-ФЗ art. 14 ч.3). Without it nobody is answered. */
export const identifyRequester = handle(requests.identify, async (ctx, { requestId, version, how }) => {
  const row = await openRequest(ctx, requestId, version)
  const personId = personOf(row)
  if (row.identity !== 'unknown') throw wrongState('identified')
  await addEvent(ctx, requestId, 'identified', { details: { how } })
  ctx.audit('request.identified', { persons: [personId], object: { kind: 'request', id: requestId }, details: { how } })
  return changeRequest(ctx, row, { identity: how })
})

/** Stops the processing of the person at once and everywhere while the request is looked into (art. 21 ч.1), or lets it go on. */
export const restrictRequester = handle(requests.restrict, async (ctx, { requestId, version, isRestricted }) => {
  const row = await openRequest(ctx, requestId, version)
  if (!(await restrictPerson(ctx, personOf(row), isRestricted))) throw wrongState(isRestricted ? 'restricted' : 'not_restricted')
  await addEvent(ctx, requestId, isRestricted ? 'restricted' : 'lifted')
  return changeRequest(ctx, row, {})
})
