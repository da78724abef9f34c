import { z } from 'zod'
import { requests, type RequestKind } from '../../../contract/privacy/request.ts'
import { handle, invalid, wrongState, type Ctx } from '../../kernel/index.ts'
import { extendedDue, whyNotExtended } from '../terms/due-of.ts'
import { companyToday } from '../terms/company-day.ts'
import { queueLetter } from './queue-letter.ts'
import { addEvent } from './request-events.ts'
import { changeRequest, isClosed, oneRequest, openRequest, personOf, type RequestColumns } from './request-row.ts'

/**
 * Extends the term by at most five working days, added to its own end (152-ФЗ art. 14 ч.3, 20 ч.1, 2, 4, 21 ч.5.1). It counts only with the reasoned notice:
 * the letter is queued in this very transaction, or had gone by post before the term was over; of a letter that nobody takes the extension is void again
 * (`requestUnsent`). Everything else is refused by name.
 */
export const extendRequest = handle(requests.extend, async (ctx, { requestId, version, days, reason, notice }) => {
  const row = await openRequest(ctx, requestId, version)
  const today = await companyToday(ctx)
  const why = whyNotExtended({ ...row, isClosed: isClosed(row) }, today)
  if (why !== null) throw wrongState(why)
  const personId = personOf(row)
  if (notice.by === 'post') refuseWrongPost(row, notice.sentOn, today)
  else await refuseWithoutEmail(ctx, row.kind, personId)
  const extendedTo = extendedDue(row.term, row.startedOn, days)
  await addEvent(ctx, requestId, 'extended', { details: { days, reason, extendedTo, notice: notice.by, noticeOn: notice.by === 'post' ? notice.sentOn : today } })
  const changed = await changeRequest(ctx, row, { extendedTo, noticedAt: notice.by === 'post' ? new Date(`${notice.sentOn}T00:00:00Z`) : ctx.now() })
  ctx.audit('request.extended', { persons: [personId], object: { kind: 'request', id: requestId }, details: { days, reason, extendedTo, notice: notice.by } })
  if (notice.by === 'email') queueLetter(ctx, { requestId, personId, what: 'extended' })
  return { ...changed, extendedTo }
})

function refuseWrongPost(row: RequestColumns, sentOn: string, today: string): void {
  if (sentOn > today) throw invalid('notice.sentOn', 'in_the_future')
  if (sentOn < row.receivedOn || sentOn > row.endsOn) throw invalid('notice.sentOn', 'outside_the_term')
}

/** The vault's keyed hashes tell whether there is an address at all, and not which. */
export async function hasEmail(ctx: Ctx, personId: string): Promise<boolean> {
  return (await ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { personId, door: ctx.door })).emails.length > 0
}

/** The notice of an extension goes to whoever asked (art. 20 ч.4): of the authority we hold no address, it is written to by post. */
async function refuseWithoutEmail(ctx: Ctx, kind: RequestKind, personId: string): Promise<void> {
  if (kind === 'regulator') throw invalid('notice', 'by_post_only')
  if (!(await hasEmail(ctx, personId))) throw invalid('notice', 'no_email')
}

const Unsent = z.object({ requestId: z.uuid(), what: z.string() })

/** A letter about a request will never be sent. Without its notice an extension does not stand (art. 14 ч.3): the term is again what it was, and the desk sees it. */
export async function requestUnsent(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { requestId, what } = Unsent.parse(payload)
  const row = await oneRequest(ctx, requestId)
  if (what !== 'extended' || row.extendedTo === null || isClosed(row)) return
  await addEvent(ctx, requestId, 'untold', { details: { letter: what } })
  await changeRequest(ctx, row, { extendedTo: null, noticedAt: null })
  ctx.audit('request.extended', { persons: row.personId ? [row.personId] : [], object: { kind: 'request', id: requestId }, details: { days: 0, because: 'untold' } })
}
