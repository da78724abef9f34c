import { ownRequests } from '../../../contract/privacy/request.ts'
import { assertProved, handle, notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { downloadOf } from './answer-file.ts'
import { fileRequest } from './file-request.ts'
import { textsOf } from './open-words.ts'
import { isClosed, oneRequest, refusalOf, requestColumns, type RequestColumns } from './request-row.ts'

const ofPersons = statement<RequestColumns>(
  'request_of_persons',
  `select ${requestColumns} from subject_requests r where r.tenant_id = $1 and r.person_id = any ($2::uuid[]) and r.kind <> 'regulator' order by r.number desc limit 100`,
)
const answersOf = statement<{ id: string; requestId: string }>(
  'request_answer_texts',
  `
  select id, request_id "requestId" from request_events where tenant_id = $1 and request_id = any ($2::uuid[]) and has_text and kind in ('answered', 'refused', 'executed')`,
)

/** What I asked for, until when it is answered, and what was answered. What the authority asked about me is between it and the company. */
export const listOwnRequests = handle(ownRequests.list, async (ctx) => {
  assertProved(ctx.actor)
  const rows = await ctx.run(ofPersons, [[...ctx.actor.persons]])
  const replies = await repliesOf(ctx, rows)
  return {
    rows: rows.map((row) => ({
      id: row.id,
      number: row.number,
      kind: row.kind,
      state: row.state,
      receivedOn: row.receivedOn,
      dueOn: row.extendedTo ?? row.endsOn,
      answeredAt: row.answeredAt?.toISOString() ?? null,
      refusal: refusalOf(row),
      reply: replies.get(row.id) ?? null,
      hasAnswer: row.state === 'answered' && row.answerPdfId !== null,
    })),
  }
})

async function repliesOf(ctx: Ctx, rows: readonly RequestColumns[]) {
  const answered = rows.filter(isClosed)
  const events = answered.length === 0 ? [] : await ctx.run(answersOf, [answered.map(({ id }) => id)])
  const replies = new Map<string, Awaited<ReturnType<typeof textsOf>>['texts'] extends Map<string, infer Text> ? Text : never>()
  for (const [personId, group] of Map.groupBy(answered, (row) => row.personId)) {
    const mine = events.filter(({ requestId }) => group.some(({ id }) => id === requestId))
    if (personId === null || mine.length === 0) continue
    const { texts } = await textsOf(
      ctx,
      personId,
      mine.map(({ id }) => id),
    )
    for (const { id, requestId } of mine) {
      const text = texts.get(id)
      if (text) replies.set(requestId, text)
    }
  }
  return replies
}

/** The answer to a request of one's own, once it was handed over. A request of anybody else does not exist. */
export const showOwnAnswer = handle(ownRequests.answer, async (ctx, { requestId, form }) => {
  assertProved(ctx.actor)
  const row = await oneRequest(ctx, requestId)
  if (row.personId === null || !ctx.actor.persons.includes(row.personId) || row.kind === 'regulator' || row.state !== 'answered') throw notFound()
  return downloadOf(ctx, row, form)
})

export const fileOwnRequest = handle(ownRequests.file, async (ctx, { personId, kind, words, draft }) => {
  const { id, number, dueOn } = await fileRequest(ctx, { personId, kind, how: 'portal', words, draft })
  return { id, number, dueOn }
})
