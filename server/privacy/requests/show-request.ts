import { requests, type RequestCard } from '../../../contract/privacy/request.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { liveGroundsOf, maskedPeople } from '../../people/index.ts'
import { addWorkingDays } from '../../platform/calendar/working-days.ts'
import { terms } from '../../../contract/privacy/term.ts'
import { namesOfStaff } from '../../identity/index.ts'
import { statement } from '../../platform/db/session.ts'
import { whyNotExtended } from '../terms/due-of.ts'
import { companyToday } from '../terms/company-day.ts'
import { hasEmail } from './extend-request.ts'
import { refusalsNow } from './refuse-request.ts'
import { isClosed, oneRequest, refusalOf, toRequest, type RequestColumns } from './request-row.ts'

type EventRow = { id: string; at: Date; kind: RequestCard['history'][number]['kind']; byId: string | null; details: RequestCard['history'][number]['details']; hasText: boolean }
const history = statement<EventRow>(
  'request_history',
  `
  select id, at, kind, by_id "byId", details, has_text "hasText" from request_events where tenant_id = $1 and request_id = $2 order by at, id limit 200`,
)
const repeated = statement<{ number: number; receivedOn: string }>(
  'request_repeated',
  `select number, to_char(received_on, 'YYYY-MM-DD') "receivedOn" from subject_requests where tenant_id = $1 and id = $2`,
)

/** One request as the officer works on it: masked, with what may be done now and why not. */
export const showRequest = handle(requests.card, async (ctx, { requestId }) => {
  const row = await oneRequest(ctx, requestId)
  const today = await companyToday(ctx)
  const events = await ctx.run(history, [requestId])
  const [repeatOf] = row.repeatOf === null ? [] : await ctx.run(repeated, [row.repeatOf])
  const masked = (await maskedPeople(ctx, [row.personId])).get(row.personId) ?? null
  return {
    ...toRequest(row, today),
    masked,
    version: row.version,
    hasWords: row.hasWords,
    hasDraft: row.draftId !== null,
    refusal: refusalOf(row),
    repeatOf: repeatOf ?? null,
    extension: await extensionOf(ctx, row, today),
    refusalsNow: isClosed(row) ? [] : refusalsNow(row),
    answer: { pdfId: row.answerPdfId, jsonId: row.answerJsonId },
    history: events.map((event) => ({ ...event, at: event.at.toISOString() })),
    names: await namesOf(ctx, [row.responsibleId, ...events.map(({ byId }) => byId)]),
    ...(await heldNow(ctx, row)),
  }
})

async function heldNow(ctx: Ctx, { personId }: RequestColumns) {
  if (personId === null) return { destroyAfter: null, liveGrounds: [] }
  const person = await ctx.db.selectFrom('persons').select('destroyAfter').where('id', '=', personId).executeTakeFirst()
  const grounds = await liveGroundsOf(ctx, personId)
  return {
    destroyAfter: person?.destroyAfter?.toISOString() ?? null,
    liveGrounds: grounds.map(({ id, activity, basis, since, until }) => ({ id, activity, basis, since: since.toISOString(), until: until?.toISOString() ?? null })),
  }
}

async function extensionOf(ctx: Ctx, row: RequestColumns, today: string): Promise<RequestCard['extension']> {
  const because = whyNotExtended({ ...row, isClosed: isClosed(row) }, today)
  const { count, extension } = terms[row.term]
  return {
    may: because === null,
    because,
    lastDay: because === null ? addWorkingDays(row.startedOn, count + extension) : null,
    hasEmail: because === null && row.personId !== null && (await hasEmail(ctx, row.personId)),
  }
}

async function namesOf(ctx: Ctx, ids: readonly (string | null)[]) {
  const employeeIds = [...new Set(ids.flatMap((id) => id ?? []))]
  if (employeeIds.length === 0) return []
  const staff = await ctx.db.selectFrom('employees').select(['id', 'personId', 'position']).where('id', 'in', employeeIds).execute()
  const names = await namesOfStaff(
    ctx,
    staff.map(({ personId }) => personId),
  )
  return staff.map(({ id, personId, position }) => ({ id, position, name: names.get(personId) ?? '' }))
}
