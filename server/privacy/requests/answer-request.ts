import { requests } from '../../../contract/privacy/request.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { closeRequest } from './close-request.ts'
import { openRequest } from './request-row.ts'

/**
 * Hands the answer over in the form the request came in (152-ФЗ art. 14 ч.3): on the person's own page, with a letter that says so; on paper the officer prints
 * it. Never before it was proved who asks, and never an empty one.
 */
export const answerRequest = handle(requests.answer, async (ctx, { requestId, version, words }) => {
  const row = await openRequest(ctx, requestId, version)
  if (row.kind !== 'access' && row.kind !== 'regulator') throw wrongState(row.kind)
  if (row.identity === 'unknown' && row.kind !== 'regulator') throw wrongState('identity_unknown')
  if (row.answerPdfId === null) throw wrongState('not_packed')
  return closeRequest(ctx, row, { state: 'answered', words, details: { channel: row.channel } })
})
