import { refusalsFor, requests } from '../../../contract/privacy/request.ts'
import { handle, invalid, wrongState } from '../../kernel/index.ts'
import { closeRequest } from './close-request.ts'
import { liftBlock } from './lift-block.ts'
import { openRequest, type RequestColumns } from './request-row.ts'

/** The reasons that may be given for this very request: a repeated one only when it is one, a missing identity only while it is missing. */
export const refusalsNow = (row: Pick<RequestColumns, 'kind' | 'repeatOf' | 'identity'>) =>
  refusalsFor(row.kind).filter((reason) => (reason !== 'repeat' || row.repeatOf !== null) && (reason !== 'not_conforming' || row.identity === 'unknown'))

/** Refuses with a reason and its article (152-ФЗ art. 14 ч.6, 8, 20 ч.2); the words are the officer's own and stay sealed with the person. */
export const refuseRequest = handle(requests.refuse, async (ctx, { requestId, version, reason, words }) => {
  const row = await openRequest(ctx, requestId, version)
  const allowed = refusalsNow(row)
  if (allowed.length === 0) throw wrongState('never_refused')
  if (!allowed.includes(reason)) throw invalid('reason', 'not_for_this_request')
  const lifted = row.kind === 'block' && row.personId !== null && (await liftBlock(ctx, { personId: row.personId, requestId }))
  return closeRequest(ctx, row, { state: 'refused', refusal: reason, words, ...(lifted ? { details: { lifted } } : {}) })
})
