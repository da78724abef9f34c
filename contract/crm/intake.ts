import { z } from 'zod'
import { After } from '../after.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { LeadIntake } from './lead.ts'

export const messageFormats = ['adf', 'json', 'row', 'mail'] as const
export const messageStatuses = ['accepted', 'repeated', 'unparsed', 'resubmitted', 'discarded'] as const
export const messageViews = ['unparsed', 'discarded', 'resubmitted', 'all'] as const
export type MessageView = (typeof messageViews)[number]
export const discardReasons = ['spam', 'not_a_lead', 'duplicate', 'test'] as const

/** ADF documents as senders label them; domain of an ADF message: 256 KiB. */
export const adfTypes = ['application/x-adf+xml', 'text/xml', 'application/xml', 'text/plain'] as const
export const ADF_MAX_BYTES = 256 * 1024

/** What became of one request of a message. `problem` is a stable code, `at` an element or field, never content. */
export const Became = z.object({
  became: z.enum(['lead', 'repeated', 'unparsed']),
  leadId: z.uuid().nullable(),
  number: z.number().int().nullable(),
  messageId: z.uuid(),
  problem: z.string().nullable(),
  at: z.string().nullable(),
})
export type Became = z.output<typeof Became>

/** A message as the tray lists it: codes and times, no content. */
export const MessageRow = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  source: z.string(),
  format: z.enum(messageFormats),
  status: z.enum(messageStatuses),
  problem: z.string().nullable(),
  problemAt: z.string().nullable(),
  discardedBecause: z.enum(discardReasons).nullable(),
  notices: z.array(z.string()),
  leadId: z.uuid().nullable(),
  receivedAt: z.iso.datetime(),
  version: z.number().int(),
})
export type MessageRow = z.output<typeof MessageRow>

/** The form of a fix, filled with what could be read; every part may be empty. */
export const IntakeDraft = z.object({
  interest: LeadIntake.shape.interest,
  fullName: z.string(),
  phones: z.array(z.string()),
  emails: z.array(z.string()),
  model: z.string(),
  comment: z.string(),
})
export type IntakeDraft = z.output<typeof IntakeDraft>

const MessageId = z.object({ messageId: z.uuid() })
const Versioned = MessageId.extend({ version: z.number().int() })

export const intake = {
  adf: post('/intake/adf', {
    can: 'lead.intake',
    purpose: 'request_handling',
    summary: 'Leads as ADF 1.0 XML; tells what became of each prospect. Nothing that was sent is dropped',
    accepts: { types: adfTypes, maxBytes: ADF_MAX_BYTES },
    input: z.object({ source: z.string().trim().min(1).max(40), body: z.instanceof(Uint8Array) }),
    output: z.object({ results: z.array(Became), notices: z.array(z.string()) }),
  }),
  list: get('/intake/messages', {
    can: 'message.read',
    summary: 'Messages of every door, without content; the unparsed ones wait here for a person',
    input: z.object({ ...Paging, view: z.enum(messageViews).default('unparsed'), sourceId: z.uuid().optional() }),
    output: page(MessageRow),
  }),
  count: get('/intake/messages/count', {
    can: 'message.read',
    summary: 'How many messages wait to be read by a person',
    input: z.object({}),
    output: z.object({ unparsed: z.number().int() }),
  }),
  open: post('/intake/messages/:messageId/open', {
    can: 'message.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'The original of a message, and a form filled with what could be read of it; leaves a trace',
    input: MessageId,
    output: z.object({ text: z.string(), isCut: z.boolean(), draft: IntakeDraft }),
  }),
  resubmit: post('/intake/messages/:messageId/resubmit', {
    can: 'message.fix',
    purpose: 'request_handling',
    summary: 'Accept a message that a person has read: makes the lead',
    input: Versioned.extend({ intake: LeadIntake }),
    output: z.object({ leadId: z.uuid(), number: z.number().int(), isRepeated: z.boolean(), version: z.number().int() }),
  }),
  discard: post('/intake/messages/:messageId/discard', {
    can: 'message.fix',
    purpose: 'request_handling',
    summary: 'Put a message aside with a reason; the original stays',
    input: Versioned.extend({ reason: z.enum(discardReasons) }),
    output: After,
  }),
  restore: post('/intake/messages/:messageId/restore', { can: 'message.fix', purpose: 'request_handling', summary: 'Undo of a discard', input: Versioned, output: After }),
}
