import { z } from 'zod'
import { messageChannels, type MessageChannel } from '../../../contract/mailing/template.ts'
import { serviceMessages } from '../../../contract/mailing/mailing.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { mayContact } from '../../consent/index.ts'
import { handle, invalid, Refusal, type Ctx } from '../../kernel/index.ts'
import { tellPerson, visiblePerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { sendSingle } from './message-row.ts'

const queue = statement<{ id: string }>(
  'outbound_queue_service',
  `
  insert into outbound_messages (tenant_id, id, template_id, letter, payload, person_id, channel, kind, purpose, address_token, state, queued_at)
  values ($1, $2, $3, $4, $5::jsonb, $6, $7, 'service', $8, $9, 'queued', $10) on conflict (tenant_id, id) do nothing returning id`,
)

type Service = {
  personId: string
  /** Why the address is opened; `rights` for what the law owes an answer, see `ServiceLetter`. */
  purpose: Extract<Purpose, 'request_handling' | 'sale' | 'service' | 'rights'>
  /** A letter of server/letters.ts, or a template of the company. */
  letter?: string
  templateId?: string
  /** Ids, codes and sealed bytes: it lies in the database as it is. */
  payload?: Record<string, unknown>
  channel?: MessageChannel
  /** The very address it answers to, by its keyed hash; left out: the first one. */
  addressToken?: Buffer
  /** Chosen by whoever may ask twice: the same id is one message. */
  messageId?: string
}

/**
 * Queues a service message in the caller's transaction. Whether it may be sent is asked when it is; nothing here opens an address.
 * Modules above mailing call this; those beside it (privacy) emit the job `service-letter` with the same fields.
 */
export async function queueService(
  ctx: Ctx,
  { personId, purpose, letter, templateId, payload = {}, channel = 'email', addressToken, messageId = ctx.newId() }: Service,
): Promise<string> {
  const [queued] = await ctx.run(queue, [messageId, templateId ?? null, letter ?? null, JSON.stringify(payload), personId, channel, purpose, addressToken ?? null, ctx.now()])
  if (!queued) return messageId
  sendSingle(ctx, { id: messageId, channel })
  ctx.audit('outbound.queued', { persons: [personId], object: { kind: 'outbound_message', id: messageId }, details: { channel, letter: letter ?? null } })
  return messageId
}

const Emitted = z.object({
  messageId: z.uuid(),
  personId: z.uuid(),
  purpose: z.enum(['request_handling', 'sale', 'service', 'rights']),
  letter: z.string().max(60),
  payload: z.record(z.string(), z.unknown()).default({}),
  channel: z.enum(messageChannels).default('email'),
})

/** The job `service-letter`: a letter asked for by a module that may not know this one. Run twice it queues once. */
export async function queueEmitted(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  await queueService(ctx, Emitted.parse(payload))
}

/** By hand, from the card: a message about the person's own business. A "no" is said at once, before anything is queued. */
export const sendServiceMessage = handle(serviceMessages.send, async (ctx, { personId, templateId }) => {
  const person = await visiblePerson(ctx, personId)
  const template = await ctx.db.selectFrom('mailTemplates').select(['kind', 'channel']).where('id', '=', templateId).executeTakeFirst()
  if (!template) throw invalid('templateId', 'unknown')
  if (template.kind !== 'service') throw invalid('templateId', 'advertising_template')
  const verdict = await mayContact(ctx, { personId, channel: template.channel, messageKind: 'service' })
  if (!verdict.may) throw new Refusal('may_not_contact', { details: { because: verdict.because } })
  const messageId = await queueService(ctx, { personId, templateId, channel: template.channel, purpose: 'request_handling' })
  tellPerson(ctx, personId, person)
  return { messageId }
})
