import type { Act, Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Considered } from '../../consent/index.ts'
import { sendMailing } from '../outbound/message-row.ts'
import { AT_ONCE, audiencePage, considered } from './audience.ts'
import { holdMailing, tellOfMailing, type MailingColumns } from './mailing-row.ts'

const queue = statement(
  'outbound_queue',
  `
  insert into outbound_messages (tenant_id, id, mailing_id, template_id, person_id, channel, kind, purpose, address_token, state, because, consent_event_id, queued_at, settled_at)
  select $1, n.id, $2, $3, n.person_id, $4, 'advertising', 'marketing', n.token, n.state, n.because, n.consent_event_id, $11::timestamptz, case n.state when 'refused' then $11::timestamptz end
  from unnest($5::uuid[], $6::uuid[], $7::bytea[], $8::text[], $9::text[], $10::uuid[]) n(id, person_id, token, state, because, consent_event_id)
  on conflict (tenant_id, mailing_id, person_id) do nothing`,
)
const gathered = statement('mailing_gathered', `update mailings set gathered_to = coalesce($3, gathered_to), is_gathered = $4 where tenant_id = $1 and id = $2`)
const place = statement<{ gatheredTo: string | null }>('mailing_gathered_to', `select gathered_to "gatheredTo" from mailings where tenant_id = $1 and id = $2`)

/**
 * The job `mailing-gather`: gives everyone of the audience a row, those who may be written to as queued, the others as refused with the reason.
 * Part by part, so that sending begins at once and a killed worker goes on where it was; nobody gets a second row.
 */
export async function gather(act: Act, payload: Record<string, unknown>, { signal }: { signal: AbortSignal }): Promise<void> {
  const mailingId = String(payload.mailingId)
  for (;;) {
    if (signal.aborted) throw new Error('the worker is stopping')
    if (await act((ctx) => gatherPart(ctx, mailingId))) return
  }
}

/** True when there is nothing more to gather. */
async function gatherPart(ctx: Ctx, mailingId: string): Promise<boolean> {
  const mailing = await holdMailing(ctx, mailingId)
  if (!mailing || mailing.isGathered || (mailing.state !== 'running' && mailing.state !== 'paused')) return true
  const [at] = await ctx.run(place, [mailingId])
  const ids = await audiencePage(ctx, mailing, at?.gatheredTo ?? null, AT_ONCE)
  const answers = await considered(ctx, ids, mailing.channel)
  if (answers.length > 0) await addRows(ctx, mailing, answers)
  const isOver = ids.length < AT_ONCE
  await ctx.run(gathered, [mailingId, ids.at(-1) ?? null, isOver])
  sendMailing(ctx, mailing)
  tellOfMailing(ctx, mailingId)
  return isOver
}

async function addRows(ctx: Ctx, { id, templateId, channel }: MailingColumns, answers: readonly [string, Considered][]): Promise<void> {
  await ctx.run(queue, [
    id,
    templateId,
    channel,
    answers.map(() => ctx.newId()),
    answers.map(([personId]) => personId),
    answers.map(([, answer]) => (answer.may ? tokenOf(answer, channel) : null)),
    answers.map(([, { may }]) => (may ? 'queued' : 'refused')),
    answers.map(([, { because }]) => because),
    answers.map(([, { consentEventId }]) => consentEventId),
    ctx.now(),
  ])
}

/** Of the first address: that is where the message goes. */
const tokenOf = ({ tokens }: Considered, channel: 'email' | 'sms'): Buffer => Buffer.from((channel === 'email' ? tokens.emails : tokens.phones)[0] ?? '', 'base64')
