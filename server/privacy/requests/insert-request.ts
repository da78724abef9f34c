import type { RequestChannel, RequestKind, RequestRow } from '../../../contract/privacy/request.ts'
import { full, invalid, isPgError, TryAgain, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { dueOf, isRepeat, termOf, type RequestTerm } from '../terms/due-of.ts'
import { companyToday } from '../terms/company-day.ts'
import { addEvent } from './request-events.ts'

/** Nobody needs more at once; whoever sends more keeps others from being answered. */
const MAX_OPEN = 20
/** A paper may have lain in the post for a while; a day of another year is a slip of the pen. */
const OLDEST_DAYS = 60

const earlier = statement<{ id: string; receivedOn: string }>(
  'request_earlier',
  `
  select id, to_char(received_on, 'YYYY-MM-DD') "receivedOn" from subject_requests
  where tenant_id = $1 and person_id = $2 and kind = 'access' and state <> 'refused' order by received_on desc, number desc limit 1`,
)
const openOf = statement<{ count: number }>(
  'request_open_of',
  `select count(*)::int count from subject_requests where tenant_id = $1 and person_id = $2 and state in ('new', 'in_work')`,
)
const add = statement<{ number: number }>(
  'request_add',
  `
  insert into subject_requests (tenant_id, id, number, kind, channel, person_id, received_on, received_at, started_on, term, due_on, ends_on, identity, has_words, draft_id, repeat_of, updated_at)
  select $1, $2, coalesce((select max(number) from subject_requests where tenant_id = $1), 0) + 1, $3, $4, $5, $6::date, $7, $8::date, $9, $10::date, $11::date, $12, $13, $14, $15, $7
  returning number`,
)

export type Filing = {
  /** Known beforehand, for what is sealed beside it. */
  id: string
  personId: string
  kind: RequestKind
  channel: RequestChannel
  receivedOn: string
  provedOn?: string | undefined
  hasWords: boolean
  draftId: string | null
  identity: RequestRow['identity']
}
export type Filed = { id: string; number: number; dueOn: string; term: RequestTerm; isRepeat: boolean }

/**
 * Writes a request down with its term (152-ФЗ art. 14, 16, 20, 21). An access request within 30 days of the one before is marked (art. 14 ч.4): the officer
 * may refuse it with reasons, nothing refuses by itself.
 */
export async function insertRequest(ctx: Ctx, filing: Filing): Promise<Filed> {
  const { id, personId, kind, channel, receivedOn, identity } = filing
  const startedOn = filing.provedOn !== undefined && filing.provedOn > receivedOn ? filing.provedOn : receivedOn
  await refuseWrongDay(ctx, receivedOn, startedOn)
  const [open] = await ctx.run(openOf, [personId])
  if ((open?.count ?? 0) >= MAX_OPEN) throw full(MAX_OPEN)
  const term = termOf(kind)
  const { dueOn, endsOn } = dueOf(term, startedOn)
  const [before] = kind === 'access' ? await ctx.run(earlier, [personId]) : []
  const repeatOf = before && isRepeat(before.receivedOn, receivedOn) ? before.id : null
  const values = [id, kind, channel, personId, receivedOn, ctx.now(), startedOn, term, dueOn, endsOn, identity, filing.hasWords, filing.draftId, repeatOf]
  const [row] = await ctx.run(add, values).catch(againWhenNumbered)
  if (!row) throw new Error('a request was not written')
  await addEvent(ctx, id, 'received', { details: { channel, receivedOn, dueOn } })
  ctx.audit('request.received', { persons: [personId], object: { kind: 'request', id }, details: { kind, channel, number: row.number, dueOn, isRepeat: repeatOf !== null } })
  ctx.live({ kind: 'request', id, outletId: null, responsibleId: null })
  return { id, number: row.number, dueOn, term, isRepeat: repeatOf !== null }
}

async function refuseWrongDay(ctx: Ctx, receivedOn: string, startedOn: string): Promise<void> {
  const today = await companyToday(ctx)
  if (receivedOn > today) throw invalid('receivedOn', 'in_the_future')
  if (startedOn > today) throw invalid('provedOn', 'in_the_future')
  if (Date.parse(today) - Date.parse(receivedOn) > OLDEST_DAYS * 86_400_000) throw invalid('receivedOn', 'too_long_ago')
}

/** Another request took the number meanwhile. */
function againWhenNumbered(error: unknown): never {
  if (isPgError(error) && error.constraint === 'subject_requests_tenant_id_number_key') throw new TryAgain()
  throw error
}
