import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { OpenedFacts, plain } from '../people/person.ts'
import { purposeCodes } from '../purposes.ts'
import { interests, leadResults, leadStatuses } from './lead.ts'
import { taskKinds } from './task.ts'

export const interactionKinds = ['call_out', 'call_in', 'visit', 'email_out', 'email_in', 'message', 'note'] as const
export type InteractionKind = (typeof interactionKinds)[number]
export const interactionResults = ['talked', 'no_answer', 'busy', 'wrong_number', 'call_back', 'visit_planned', 'refused', 'done'] as const
export type InteractionResult = (typeof interactionResults)[number]

const onThePhone = ['talked', 'no_answer', 'busy', 'call_back', 'visit_planned', 'refused', 'wrong_number'] as const
const inWriting = ['done', 'no_answer', 'call_back', 'visit_planned', 'refused'] as const
/** What may come of each kind of contact, in the order of the digit keys. */
export const resultsOf: Record<InteractionKind, readonly InteractionResult[]> = {
  call_out: onThePhone,
  call_in: onThePhone,
  visit: ['done', 'visit_planned', 'refused', 'no_answer'],
  email_out: inWriting,
  email_in: inWriting,
  message: inWriting,
  note: ['done'],
}

const reached: readonly InteractionResult[] = ['talked', 'call_back', 'visit_planned', 'refused', 'done']
/** Did a human being of ours and the client really meet, in speech or in writing? Attempts, notes and automatic answers do not stop the clock of the first contact. */
export const isGenuineContact = (contact: { kind: InteractionKind; result: InteractionResult; isAutomatic: boolean }): boolean =>
  !contact.isAutomatic && contact.kind !== 'note' && reached.includes(contact.result)

/** How long the author may take a record back. */
export const UNDO_MINUTES = 10

const NextStep = z.object({ kind: z.enum(taskKinds), dueAt: z.iso.datetime({ offset: true }), responsibleId: z.uuid().optional() })

export const InteractionDraft = z
  .object({
    personId: z.uuid(),
    /** Left out: the newest open lead of this person that the author sees; null: none. */
    leadId: z.uuid().nullable().optional(),
    dealId: z.uuid().nullable().optional(),
    kind: z.enum(interactionKinds),
    result: z.enum(interactionResults),
    text: plain(4_000).optional(),
    /** The task that this contact fulfilled. */
    doneTaskId: z.uuid().optional(),
    next: NextStep.optional(),
  })
  .refine(({ kind, result }) => resultsOf[kind].includes(result), { path: ['result'], message: 'not_of_kind' })

const at = { id: z.uuid(), at: z.iso.datetime() }
/** One line of a person's story. `text` is null unless texts were opened. */
export const TimelineEntry = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('interaction'),
    ...at,
    kind: z.enum(interactionKinds),
    result: z.enum(interactionResults),
    isAutomatic: z.boolean(),
    byId: z.uuid().nullable(),
    leadId: z.uuid().nullable(),
    dealId: z.uuid().nullable(),
    hasText: z.boolean(),
    text: z.string().nullable(),
    canUndo: z.boolean(),
  }),
  z.object({
    type: z.literal('lead'),
    ...at,
    number: z.number().int(),
    interest: z.enum(interests),
    status: z.enum(leadStatuses),
    result: z.enum(leadResults).nullable(),
    source: z.string(),
    model: z.string().nullable(),
    responsibleId: z.uuid().nullable(),
    hasText: z.boolean(),
    text: z.string().nullable(),
  }),
  z.object({
    type: z.literal('deal'),
    ...at,
    number: z.number().int(),
    stage: z.string(),
    lostReason: z.string().nullable(),
    amountKopecks: z.number().int().nullable(),
    model: z.string().nullable(),
    responsibleId: z.uuid(),
    closedAt: z.iso.datetime().nullable(),
  }),
  z.object({ type: z.literal('test_drive'), ...at, status: z.string(), minutes: z.number().int(), model: z.string().nullable(), responsibleId: z.uuid() }),
])
export type TimelineEntry = z.output<typeof TimelineEntry>
export const timelineTypes = ['interaction', 'lead', 'deal', 'test_drive'] as const
export type TimelineType = (typeof timelineTypes)[number]

const TimelineQuery = z.object({ personId: z.uuid(), only: z.enum(timelineTypes).optional(), ...Paging })

export const interactions = {
  log: post('/interactions', {
    can: 'interaction.create',
    purpose: 'request_handling',
    summary: 'Record a contact with a client and its next step; a genuine one stops the clock of the first contact',
    input: InteractionDraft,
    output: z.object({ id: z.uuid(), leadId: z.uuid().nullable(), taskId: z.uuid().nullable(), tookLead: z.boolean(), isFirstContact: z.boolean(), undoUntil: z.iso.datetime() }),
  }),
  undo: post('/interactions/:interactionId/undo', {
    can: 'interaction.create',
    purpose: 'request_handling',
    summary: 'Take back my record within ten minutes, with everything it changed',
    input: z.object({ interactionId: z.uuid() }),
    output: z.object({}),
  }),
  timeline: get('/persons/:personId/timeline', {
    can: 'person.read',
    purpose: 'request_handling',
    summary: 'Contacts, leads, deals and test drives of a person, newest first; without texts',
    input: TimelineQuery,
    output: page(TimelineEntry),
  }),
  open: post('/persons/:personId/open', {
    can: 'person.reveal',
    purpose: 'request_handling',
    personal: true,
    summary: 'Open a client for a purpose: contact, cars and the newest of their story with what was said; one look, one trace',
    input: TimelineQuery.extend({ purpose: z.enum(purposeCodes).default('request_handling') }),
    output: page(TimelineEntry).extend(OpenedFacts.shape),
  }),
}
