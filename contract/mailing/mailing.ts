import { z } from 'zod'
import { verdictReasons } from '../consent/consent.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Masked, plain } from '../people/person.ts'
import { messageChannels, Template } from './template.ts'

export const mailingStates = ['draft', 'running', 'paused', 'done', 'cancelled'] as const
export const messageStates = ['queued', 'sending', 'sent', 'refused', 'cancelled', 'failed'] as const
export type MessageState = (typeof messageStates)[number]
/** Why a message was not sent, beside the verdicts of consent: what happened on the way. */
export const messageEnds = ['unsubscribed', 'mailing_cancelled', 'person_gone', 'address_unreadable', 'refused_by_server', 'unreachable', 'not_composed', 'nothing_to_say'] as const
export const messageReasons = [...verdictReasons, ...messageEnds] as const
export type MessageReason = (typeof messageReasons)[number]

/** Whom a mailing is for: all clients, narrowed by any of these. Whether each may be written to is asked of every one of them. */
export const AudienceFilter = z.object({
  outletId: z.uuid().nullable().default(null),
  /** Of a car of their own, or of one they asked about. */
  modelId: z.uuid().nullable().default(null),
  /** Held by a live ground of this activity. */
  activityId: z.uuid().nullable().default(null),
})
const Query = z.object({
  channel: z.enum(messageChannels),
  outletId: z.uuid().optional(),
  modelId: z.uuid().optional(),
  activityId: z.uuid().optional(),
})
/** How many of one answer. */
export const ReasonCount = z.object({ because: z.enum(messageReasons), may: z.boolean(), people: z.number().int() })

export const MailingDraft = AudienceFilter.extend({ name: plain(120).min(2), templateId: z.uuid() })
export const Mailing = MailingDraft.extend({
  id: z.uuid(),
  channel: z.enum(messageChannels),
  templateName: z.string(),
  templateVersion: z.number().int(),
  state: z.enum(mailingStates),
  /** The whole audience has been asked about. */
  isGathered: z.boolean(),
  createdById: z.uuid(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
  version: z.number().int(),
})
export type Mailing = z.output<typeof Mailing>
export const MessageCount = z.object({ state: z.enum(messageStates), because: z.enum(messageReasons).nullable(), messages: z.number().int() })
export const MailingPerson = z.object({
  personId: z.uuid().nullable(),
  /** Null: the vault opens nothing to this asker, or the person was destroyed. */
  masked: Masked.nullable(),
  because: z.enum(messageReasons).nullable(),
})

const MailingId = z.object({ mailingId: z.uuid() })
const Versioned = MailingId.extend({ version: z.number().int() })
const Changed = z.object({ id: z.uuid(), version: z.number().int(), state: z.enum(mailingStates) })

/** The audience of a mailing that is not begun yet. */
export const audience = {
  count: get('/mailing-audience', {
    can: 'mailing.read',
    purpose: 'marketing',
    summary: 'How many of the next part of an audience may be written to, and why the others may not; go on by the cursor until there is none',
    input: Query.extend({ limit: z.coerce.number().int().min(1).max(2_000).default(1_000), cursor: z.uuid().optional() }),
    output: z.object({ counts: z.array(ReasonCount), people: z.number().int(), nextCursor: z.uuid().nullable() }),
  }),
  people: get('/mailing-audience/people', {
    can: 'mailing.read',
    purpose: 'marketing',
    personal: true,
    summary: 'The people of an audience about whom the answer is this one, masked',
    input: Query.extend({ because: z.enum(verdictReasons), ...Paging, cursor: z.uuid().optional() }),
    output: page(MailingPerson),
  }),
}

export const mailings = {
  list: get('/mailings', { can: 'mailing.read', summary: 'Advertising mailings, newest first', input: z.object({ ...Paging }), output: page(Mailing) }),
  show: get('/mailings/:mailingId', {
    can: 'mailing.read',
    summary: 'A mailing and how far it is',
    input: MailingId,
    output: z.object({ mailing: Mailing, counts: z.array(MessageCount) }),
  }),
  messages: get('/mailings/:mailingId/messages', {
    can: 'mailing.read',
    purpose: 'marketing',
    personal: true,
    summary: 'The messages behind one number of a mailing, people masked',
    input: MailingId.extend({ state: z.enum(messageStates), because: z.enum(messageReasons).optional(), ...Paging }),
    output: page(MailingPerson.extend({ id: z.uuid(), state: z.enum(messageStates), at: z.iso.datetime() })),
  }),
  create: post('/mailings', { can: 'mailing.send', summary: 'Prepare a mailing; nothing is sent', input: MailingDraft, output: Changed }),
  test: post('/mailings/:mailingId/test', {
    can: 'mailing.send',
    purpose: 'employment',
    summary: 'Send the message to oneself, as it will look',
    input: MailingId,
    output: z.object({ queued: z.literal(true) }),
  }),
  start: post('/mailings/:mailingId/start', {
    can: 'mailing.send',
    dangerous: true,
    summary: 'Begin, or go on after a pause. Everyone is asked about again at the moment their message is sent',
    input: Versioned,
    output: Changed,
  }),
  pause: post('/mailings/:mailingId/pause', { can: 'mailing.send', summary: 'Stop after the message in hand; what is queued waits', input: Versioned, output: Changed }),
  cancel: post('/mailings/:mailingId/cancel', { can: 'mailing.send', summary: 'End for good; what is queued is not sent', input: Versioned, output: Changed }),
}

/** A message about a person's own business, by hand, from a service template. */
export const serviceMessages = {
  templates: get('/service-templates', {
    can: 'interaction.create',
    summary: 'Newest versions of the service templates, to choose a message to a client from',
    input: z.object({}),
    output: z.object({ rows: z.array(Template) }),
  }),
  send: post('/persons/:personId/messages', {
    can: 'interaction.create',
    purpose: 'request_handling',
    summary: 'Write to a client from a service template; refused when they may not be written to',
    input: z.object({ personId: z.uuid(), templateId: z.uuid() }),
    output: z.object({ messageId: z.uuid() }),
  }),
}
