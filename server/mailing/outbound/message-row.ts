import type { Channel } from '../../../contract/consent/consent.ts'
import type { MessageReason } from '../../../contract/mailing/mailing.ts'
import type { MessageChannel } from '../../../contract/mailing/template.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type Message = {
  id: string
  mailingId: string | null
  templateId: string | null
  letter: string | null
  payload: Record<string, unknown>
  personId: string | null
  channel: MessageChannel
  kind: 'service' | 'advertising'
  purpose: Purpose
  addressToken: Buffer | null
  attempts: number
}
/** Which messages a job sends: those of a mailing, or one. */
export type Which = { mailingId: string } | { messageId: string }

/** A message whose sender died in the middle is somebody else's after so long; longer than any mail server is waited for. */
export const LEASE_MS = 120_000
/** After so many tries nobody is there. */
export const MAX_ATTEMPTS = 12

/** A job for each way out: where there is none, its messages wait. */
export const taskOf = (channel: MessageChannel): 'outbound' | 'outbound-sms' => (channel === 'email' ? 'outbound' : 'outbound-sms')

/** Has the messages of a mailing sent, at once or later; asked twice it is done once. */
export const sendMailing = (ctx: Ctx, { id, channel }: { id: string; channel: MessageChannel }, runAt?: Date): void =>
  ctx.emit(taskOf(channel), { mailingId: id }, { key: `outbound:${id}`, ...(runAt ? { runAt } : {}) })
/** The same for one message that belongs to no mailing. */
export const sendSingle = (ctx: Ctx, { id, channel }: { id: string; channel: MessageChannel }, runAt?: Date): void =>
  ctx.emit(taskOf(channel), { messageId: id }, { key: `outbound:${id}`, ...(runAt ? { runAt } : {}) })

const taken = `o.id, o.mailing_id "mailingId", o.template_id "templateId", o.letter, o.payload, o.person_id "personId", o.channel, o.kind, o.purpose, o.address_token "addressToken", o.attempts`
const free = `(m.state = 'queued' or (m.state = 'sending' and m.claimed_at < $3::timestamptz - interval '${LEASE_MS} milliseconds'))`
const claimOne = statement<Message>(
  'outbound_claim_one',
  `
  with next as (select m.id from outbound_messages m where m.tenant_id = $1 and m.id = $2 and ${free} for update skip locked)
  update outbound_messages o set state = 'sending', claimed_at = $3, attempts = o.attempts + 1 from next where o.tenant_id = $1 and o.id = next.id returning ${taken}`,
)
// The state of the mailing is read with the row: after a pause nothing more is taken in hand.
const claimOfMailing = statement<Message>(
  'outbound_claim_next',
  `
  with next as (select m.id from outbound_messages m where m.tenant_id = $1 and m.mailing_id = $2 and m.state in ('queued', 'sending') and ${free}
    and exists (select from mailings g where g.tenant_id = $1 and g.id = $2 and g.state = 'running') order by m.attempts, m.id limit 1 for update skip locked)
  update outbound_messages o set state = 'sending', claimed_at = $3, attempts = o.attempts + 1 from next where o.tenant_id = $1 and o.id = next.id returning ${taken}`,
)

/** Takes the next message in hand, for this sender alone. Committed before anything else: the vault opens an address for a message in hand only. */
export async function claim(ctx: Ctx, which: Which): Promise<Message | null> {
  const [message] = 'messageId' in which ? await ctx.run(claimOne, [which.messageId, ctx.now()]) : await ctx.run(claimOfMailing, [which.mailingId, ctx.now()])
  return message ?? null
}

const unsettled = statement<{ channel: MessageChannel; state: 'queued' | 'sending' }>(
  'outbound_unsettled',
  `select channel, state from outbound_messages where tenant_id = $1 and id = $2 and state in ('queued', 'sending')`,
)

/** A message of no mailing that has no answer yet: what another sender holds is looked at again when it should have been settled. */
export async function lookAgain(ctx: Ctx, messageId: string): Promise<void> {
  const [left] = await ctx.run(unsettled, [messageId])
  if (left) sendSingle(ctx, { id: messageId, channel: left.channel }, left.state === 'sending' ? new Date(ctx.now().getTime() + LEASE_MS) : undefined)
}

export type End = { state: 'sent' | 'refused' | 'cancelled' | 'failed'; because: MessageReason; consentEventId?: string | null }
const end = statement<{ personId: string | null }>(
  'outbound_end',
  `
  update outbound_messages set state = $3, because = $4, consent_event_id = $5, settled_at = $6, address_token = null where tenant_id = $1 and id = $2 and state = 'sending' returning person_id "personId"`,
)
const events = { sent: 'outbound.sent', refused: 'outbound.refused', cancelled: 'outbound.cancelled', failed: 'outbound.failed' } as const

/** What became of a message in hand. From now on its row knows no address, not even by hash. */
export async function settle(ctx: Ctx, { id, channel, kind }: Message, { state, because, consentEventId = null }: End): Promise<void> {
  const [row] = await ctx.run(end, [id, state, because, consentEventId, ctx.now()])
  if (row) ctx.audit(events[state], { persons: row.personId ? [row.personId] : [], object: { kind: 'outbound_message', id }, details: { channel, kind, because, consentEventId } })
}

const back = statement('outbound_back', `update outbound_messages set state = 'queued', claimed_at = null where tenant_id = $1 and id = $2 and state = 'sending'`)
/** Nobody took it: it waits for another try, and may be cancelled meanwhile. */
export const putBack = async (ctx: Ctx, { id }: Message): Promise<void> => void (await ctx.run(back, [id]))

const cancelMailing = statement<{ personId: string | null }>(
  'outbound_cancel_mailing',
  `
  update outbound_messages set state = 'cancelled', because = $3, settled_at = $4, address_token = null where tenant_id = $1 and mailing_id = $2 and (state = 'queued' or (state = 'sending' and claimed_at < $4::timestamptz - interval '${LEASE_MS} milliseconds')) returning person_id "personId"`,
)
const cancelAddress = statement<{ personId: string | null; mailingId: string | null }>(
  'outbound_cancel_address',
  `
  update outbound_messages set state = 'cancelled', because = 'unsubscribed', settled_at = $5, address_token = null
  where tenant_id = $1 and kind = 'advertising' and state = 'queued' and channel = any ($4::text[]) and (address_token = $2 or person_id = $3) returning person_id "personId", mailing_id "mailingId"`,
)

/** What waits, and what its sender left behind. Returns how many. */
export async function cancelQueued(ctx: Ctx, { mailingId }: { mailingId: string }, because: MessageReason): Promise<number> {
  const rows = await ctx.run(cancelMailing, [mailingId, because, ctx.now()])
  return rows.length
}

/**
 * Everything that waits for this address, whoever it was queued for, and for this person: not sent any more, from this moment.
 * Returns how many, and the mailings they were of.
 */
export async function cancelForAddress(
  ctx: Ctx,
  { addressToken, personId, channels }: { addressToken: Buffer; personId: string | null; channels: readonly Channel[] },
): Promise<{ cancelled: number; mailingIds: string[] }> {
  const rows = await ctx.run(cancelAddress, [addressToken, personId, [...channels], ctx.now()])
  const persons = [...new Set(rows.flatMap((row) => row.personId ?? []))]
  if (rows.length > 0) ctx.audit('outbound.cancelled', { persons, details: { because: 'unsubscribed', messages: rows.length } })
  return { cancelled: rows.length, mailingIds: [...new Set(rows.flatMap((row) => row.mailingId ?? []))] }
}
