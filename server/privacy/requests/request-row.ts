import type { RefusalReason, RequestChannel, RequestKind, RequestRow, RequestState } from '../../../contract/privacy/request.ts'
import { refusals } from '../../../contract/privacy/request.ts'
import { terms } from '../../../contract/privacy/term.ts'
import { notFound, stale, TryAgain, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { RequestTerm } from '../terms/due-of.ts'

export type RequestColumns = {
  id: string
  number: number
  kind: RequestKind
  channel: RequestChannel
  state: RequestState
  personId: string | null
  receivedOn: string
  receivedAt: Date
  startedOn: string
  term: RequestTerm
  dueOn: string
  endsOn: string
  extendedTo: string | null
  identity: RequestRow['identity']
  hasWords: boolean
  draftId: string | null
  repeatOf: string | null
  refusalReason: RefusalReason | null
  answeredAt: Date | null
  answerPdfId: string | null
  answerJsonId: string | null
  responsibleId: string | null
  version: number
  updatedAt: Date
  isRestricted: boolean
}
// Dates leave the database as text: a date has no zone, and a Date object would give it one.
const date = (name: string, as: string): string => `to_char(r.${name}, 'YYYY-MM-DD') "${as}"`
export const requestColumns = `r.id, r.number, r.kind, r.channel, r.state, r.person_id "personId", ${date('received_on', 'receivedOn')}, r.received_at "receivedAt", ${date('started_on', 'startedOn')},
  r.term, ${date('due_on', 'dueOn')}, ${date('ends_on', 'endsOn')}, ${date('extended_to', 'extendedTo')}, r.identity, r.has_words "hasWords", r.draft_id "draftId", r.repeat_of "repeatOf",
  r.refusal_reason "refusalReason", r.answered_at "answeredAt", r.answer_pdf_id "answerPdfId", r.answer_json_id "answerJsonId", r.responsible_id "responsibleId", r.version, r.updated_at "updatedAt",
  coalesce((select p.restricted_at is not null from persons p where p.tenant_id = $1 and p.id = r.person_id), false) "isRestricted"`

const one = statement<RequestColumns>('request_one', `select ${requestColumns} from subject_requests r where r.tenant_id = $1 and r.id = $2`)

export async function oneRequest(ctx: Ctx, requestId: string): Promise<RequestColumns> {
  const [row] = await ctx.run(one, [requestId])
  if (!row) throw notFound()
  return row
}

export const closedStates: readonly RequestState[] = ['answered', 'refused', 'executed']
export const isClosed = ({ state }: Pick<RequestColumns, 'state'>): boolean => closedStates.includes(state)

/** An open request, as the caller last saw it; a closed one is refused as `wrong_state`, another version as `stale`. */
export async function openRequest(ctx: Ctx, requestId: string, version: number): Promise<RequestColumns> {
  const row = await oneRequest(ctx, requestId)
  if (row.version !== version) throw stale({ version: row.version, state: row.state })
  if (isClosed(row)) throw wrongState(row.state)
  return row
}

/** The person of a request that still has one. */
export function personOf({ personId }: Pick<RequestColumns, 'personId'>): string {
  if (personId === null) throw wrongState('destroyed')
  return personId
}

const DAY_MS = 86_400_000
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)

/** The row as it is told, without what the vault says of the person. */
export const toRequest = (row: RequestColumns, today: string) => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  channel: row.channel,
  state: row.state,
  receivedOn: row.receivedOn,
  due: {
    term: row.term,
    article: terms[row.term].article,
    dueOn: row.extendedTo ?? row.dueOn,
    endsOn: row.extendedTo ?? row.endsOn,
    daysLeft: daysBetween(today, row.extendedTo ?? row.dueOn),
    extendedTo: row.extendedTo,
  },
  identity: row.identity,
  personId: row.personId,
  isRepeat: row.repeatOf !== null,
  isRestricted: row.isRestricted,
  responsibleId: row.responsibleId,
  answeredAt: row.answeredAt?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
})

export const refusalOf = ({ refusalReason: reason }: Pick<RequestColumns, 'refusalReason'>) => (reason === null ? null : { reason, article: refusals[reason].article })

type Change = Partial<{
  state: RequestState
  identity: RequestRow['identity']
  extendedTo: string | null
  noticedAt: Date | null
  refusalReason: RefusalReason
  answeredAt: Date
  answerPdfId: string
  answerJsonId: string
  responsibleId: string
}>

/** Writes the next version of a request and tells open desks. */
export async function changeRequest(ctx: Ctx, row: RequestColumns, change: Change): Promise<{ version: number; state: RequestState }> {
  const version = row.version + 1
  const { numUpdatedRows } = await ctx.db
    .updateTable('subjectRequests')
    .set({ ...change, version, updatedAt: ctx.now() })
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .executeTakeFirst()
  // Somebody was faster between the two statements: the next run tells them so.
  if (numUpdatedRows !== 1n) throw new TryAgain()
  ctx.live({ kind: 'request', id: row.id, outletId: null, responsibleId: null })
  return { version, state: change.state ?? row.state }
}
