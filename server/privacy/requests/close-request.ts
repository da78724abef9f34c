import type { RefusalReason, RequestState } from '../../../contract/privacy/request.ts'
import type { Ctx } from '../../kernel/index.ts'
import { startTerm } from '../../people/index.ts'
import { queueLetter } from './queue-letter.ts'
import { addEvent, type EventDetails } from './request-events.ts'
import { changeRequest, type RequestColumns } from './request-row.ts'

type Closing = {
  state: Extract<RequestState, 'answered' | 'refused' | 'executed'>
  refusal?: RefusalReason
  /** Said to the person, sealed with them. */
  words?: string | undefined
  details?: EventDetails
}

const said = { answered: 'request.answered', refused: 'request.refused', executed: 'request.executed' } as const

/**
 * Ends a request: history, letter in the form it came in, and the term of the ground that it had made (three years of proof, of the register) begins to run.
 * The letter says only that there is an answer and where; what the answer holds never goes by plain mail.
 */
export async function closeRequest(ctx: Ctx, row: RequestColumns, { state, refusal, words, details = {} }: Closing): Promise<{ version: number; state: RequestState }> {
  const { personId } = row
  await addEvent(ctx, row.id, state, { details: { ...details, ...(refusal ? { reason: refusal } : {}) }, ...(personId && words ? { text: { personId, words } } : {}) })
  const changed = await changeRequest(ctx, row, { state, answeredAt: ctx.now(), ...(refusal ? { refusalReason: refusal } : {}) })
  const about = { persons: personId ? [personId] : [], object: { kind: 'request', id: row.id } }
  ctx.audit(said[state], { ...about, details: { kind: row.kind, number: row.number, ...details, ...(refusal ? { reason: refusal } : {}) } })
  if (personId) {
    // The authority is answered by the officer; a letter would go to the person whom it asked about.
    if (row.kind !== 'regulator' && (row.channel === 'portal' || row.channel === 'email')) queueLetter(ctx, { requestId: row.id, personId, what: state })
    await startTerm(ctx, personId, { requestId: row.id })
  }
  return changed
}
