import { z } from 'zod'
import { After } from '../after.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { staffRoles } from '../permissions.ts'
import { ContactDraft, Masked, plain } from '../people/person.ts'

export const interests = ['new_car', 'used_car', 'test_drive', 'trade_in', 'service', 'credit', 'callback', 'question'] as const
export const leadStatuses = ['new', 'in_work', 'closed'] as const
export const leadResults = ['deal', 'answered', 'refused', 'unreachable', 'duplicate', 'spam', 'taken_back'] as const
/** What a human closes a lead with; `taken_back` is what the distributor does who had handed it over. */
export const closingResults = ['deal', 'answered', 'refused', 'unreachable', 'duplicate', 'spam'] as const satisfies readonly (typeof leadResults)[number][]
export const departmentKinds = ['call_centre', 'sales', 'used_cars', 'service', 'credit_insurance', 'marketing', 'management'] as const
/** `burning`: open, not answered, due within a quarter of an hour or over already; `unanswered`: the clock of the first contact is over. */
export const leadViews = ['open', 'mine', 'unassigned', 'burning', 'unanswered', 'escalated', 'closed', 'all'] as const
export type LeadView = (typeof leadViews)[number]
/** The tabs that carry a number. Nobody works from the number of closed leads, so it is not counted. */
export const countedViews = ['open', 'mine', 'unassigned', 'burning', 'unanswered', 'escalated'] as const satisfies readonly LeadView[]
/** How far a lead came; a step does not need the one before it. */
export const leadSteps = ['taken', 'contacted', 'deal', 'test_drive', 'won'] as const
export type LeadStep = (typeof leadSteps)[number]
/** `overdue`, `soon`: open and not answered, by the clock that runs; the others ask one clock of any lead: done in time, or late (done late or still overdue). */
export const leadClockStates = ['overdue', 'soon', 'take_in_time', 'take_late', 'take_timed', 'contact_in_time', 'contact_late', 'contact_timed'] as const
export type LeadClockState = (typeof leadClockStates)[number]
/**
 * `name_differs`: another name than the one kept; `contact_full`: no room for one more phone or e-mail; `address_differs`: phones or e-mails that the
 * client is not known by came by a door where nobody proves who they are: they stand with the words of the request until somebody has asked.
 */
export const leadNotices = ['name_differs', 'contact_full', 'address_differs'] as const
/** How long an act on a lead may be taken back by whoever did it. */
export const LEAD_UNDO_MINUTES = 10

/** One clock of a lead, counted in the outlet's working hours: a pure function of events and hours, never stored. */
export const Clock = z.object({
  dueAt: z.iso.datetime(),
  state: z.enum(['running', 'done', 'done_late', 'overdue']),
  limitMinutes: z.number().int(),
  spentMinutes: z.number().int(),
  leftMinutes: z.number().int(),
})

/** What every door for leads hands over: the union of ADF, importers' platforms, site forms and hands (domain of LeadIntake). */
export const LeadIntake = z.object({
  /** The sender's own number of this request: the same number never makes a second lead. */
  externalRef: z.string().trim().min(1).max(200).optional(),
  interest: z.enum(interests).default('callback'),
  contact: ContactDraft,
  model: z.string().trim().max(100).optional(),
  ownCar: z
    .object({
      vin: z.string().trim().max(40).optional(),
      plate: z.string().trim().max(20).optional(),
      model: z.string().trim().max(100).optional(),
      year: z.number().int().min(1900).max(2100).optional(),
    })
    .optional(),
  comment: plain(4_000).optional(),
  outletId: z.uuid().optional(),
  /** At a distributor: where the person wants to be served, for the choice of a dealer. A city where the network has no outlet counts as none. */
  city: z.string().trim().max(100).optional(),
  networkOutletId: z.uuid().optional(),
  requestedAt: z.iso.datetime({ offset: true }).optional(),
})
export type LeadIntake = z.output<typeof LeadIntake>

export const LeadRow = z.object({
  id: z.uuid(),
  number: z.number().int(),
  /** Null: the person was destroyed, the lead stays as statistics. */
  personId: z.uuid().nullable(),
  masked: Masked.nullable(),
  sourceId: z.uuid(),
  source: z.string(),
  interest: z.enum(interests),
  model: z.string().nullable(),
  status: z.enum(leadStatuses),
  result: z.enum(leadResults).nullable(),
  outletId: z.uuid(),
  departmentKind: z.enum(departmentKinds),
  responsibleId: z.uuid().nullable(),
  assignedBecause: z.string(),
  receivedAt: z.iso.datetime(),
  /** When the client asked, as the sender says; the clocks go by `receivedAt`. */
  requestedAt: z.iso.datetime().nullable(),
  /** What a known client said otherwise than before, as codes: see `leadNotices`. */
  notices: z.array(z.string()),
  takenAt: z.iso.datetime().nullable(),
  firstContactAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  escalatedAt: z.iso.datetime().nullable(),
  clocks: z.object({ take: Clock, firstContact: Clock }),
  version: z.number().int(),
})
export type LeadRow = z.output<typeof LeadRow>

/** Which leads: the tray's filters, the address of a screen and the rows behind a number of a report are all said with these. */
export const LeadQuery = z.object({
  view: z.enum(leadViews).default('open'),
  outletId: z.uuid().optional(),
  sourceId: z.uuid().optional(),
  responsibleId: z.uuid().optional(),
  /** Nobody's; of any state, unlike the view `unassigned`. */
  isFree: z.union([z.boolean(), z.stringbool()]).optional(),
  interest: z.enum(interests).optional(),
  reached: z.enum(leadSteps).optional(),
  clock: z.enum(leadClockStates).optional(),
  /** Received from this instant on, and before that one. */
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
})
export type LeadQuery = z.output<typeof LeadQuery>

/** One line of how the clocks were counted. `counted`: a stretch of one day (`date` on the outlet's wall) in which they went. */
export const ClockPart = z.discriminatedUnion('code', [
  z.object({ code: z.enum(['received', 'opened', 'taken', 'contact', 'closed', 'take_due', 'contact_due', 'now']), at: z.iso.datetime() }),
  z.object({ code: z.literal('counted'), at: z.iso.datetime(), until: z.iso.datetime(), date: z.string(), minutes: z.number().int() }),
])
export type ClockPart = z.output<typeof ClockPart>

const undoableActs = ['take', 'assign', 'escalate', 'close', 'reopen'] as const
export const LeadCard = LeadRow.extend({
  hasComment: z.boolean(),
  timeZone: z.string(),
  explanation: z.array(ClockPart),
  /** My own last act, while it can be taken back. */
  canUndo: z.object({ act: z.enum(undoableActs), until: z.iso.datetime() }).nullable(),
})
export type LeadCard = z.output<typeof LeadCard>

/** A colleague who may be given leads, with what they have in hand. */
export const Assignee = z.object({
  employeeId: z.uuid(),
  name: z.string(),
  role: z.enum(staffRoles),
  outletId: z.uuid().nullable(),
  departmentKind: z.enum(departmentKinds).nullable(),
  openLeads: z.number().int(),
  overdueLeads: z.number().int(),
})
export type Assignee = z.output<typeof Assignee>

const becauseCodes = [
  'rule_employee',
  'rule_client',
  'rule_least',
  'rule_nobody',
  'no_rule',
  'by_hand',
  'by_file',
  'taken',
  'by_person',
  'by_colleague',
  'client_hands',
  'returned',
] as const
export type Because = { code: (typeof becauseCodes)[number] | 'unknown'; rule: string | null; openLeads: number | null; byId: string | null }

/**
 * Reads `assignedBecause`: `rule_employee|<rule>`, `rule_client|<rule>`, `rule_least|<rule>|<open leads then>`, `rule_nobody|<rule>`, `no_rule`, `by_hand`, `by_file`, `taken`,
 * `by_person|<employee>`, `by_colleague|<employee>` (who wrote it down for a client of another), `client_hands`, `returned|<employee>`. A rule is named as it was called then: it may have been renamed or removed since.
 */
export function readBecause(said: string): Because {
  const [word = '', ...rest] = said.split('|')
  const code = becauseCodes.find((known) => known === word) ?? 'unknown'
  const isRule = code.startsWith('rule_')
  const open = code === 'rule_least' ? Number(rest[1]) : Number.NaN
  return {
    code,
    rule: isRule ? (rest[0] ?? null) : null,
    openLeads: Number.isInteger(open) ? open : null,
    byId: code === 'by_person' || code === 'by_colleague' || code === 'returned' ? (rest[0] ?? null) : null,
  }
}

/** Numbers count up through all companies; this many exactly is what JSON holds. */
export const MOST_NUMBER = 9_007_199_254_740_991
const LeadId = z.object({ leadId: z.uuid() })
const Versioned = LeadId.extend({ version: z.number().int() })

export const leads = {
  intake: post('/intake/leads', {
    can: 'lead.intake',
    purpose: 'request_handling',
    summary: 'A lead from another system (JSON, integration key). Idempotent by Idempotency-Key and by externalRef',
    input: LeadIntake.extend({ sourceCode: z.string().trim().min(1).max(40) }),
    output: z.object({ leadId: z.uuid(), number: z.number().int(), isRepeated: z.boolean() }),
  }),
  create: post('/leads', {
    can: 'lead.create',
    purpose: 'request_handling',
    summary: 'A lead by hand: a call or a visit. For a known client `personId` stands instead of the contact; `isMine` keeps it, else the rules decide',
    input: LeadIntake.extend({ sourceId: z.uuid(), personId: z.uuid().optional(), contact: ContactDraft.optional(), isMine: z.boolean().default(false) }),
    /** `known_elsewhere`: the client is led by somebody whose clients the asker does not see; the lead went there. */
    output: z.object({ leadId: z.uuid(), number: z.number().int(), personId: z.uuid().nullable(), known: z.enum(['known_elsewhere']).nullable() }),
  }),
  list: get('/leads', {
    can: 'lead.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'The tray: leads with their clocks, masked',
    input: LeadQuery.extend(Paging),
    output: page(LeadRow),
  }),
  find: get('/leads/numbers/:number', {
    can: 'lead.read',
    summary: 'The lead of this number, for whoever was told it',
    input: z.object({ number: z.coerce.number().int().min(1).max(MOST_NUMBER) }),
    output: LeadRow.pick({ id: true, number: true, status: true, source: true, interest: true }),
  }),
  counts: get('/leads/counts', {
    can: 'lead.read',
    summary: 'How many leads each view of the tray holds',
    input: z.object({}),
    /** `isCut`: more wait for an answer than are looked at, so `burning` and `unanswered` are the least there are. */
    output: z.object({ counts: z.record(z.enum(countedViews), z.number().int()), isCut: z.boolean() }),
  }),
  assignees: get('/leads/assignees', {
    can: 'lead.assign',
    purpose: 'employment',
    personal: true,
    summary: 'Colleagues who take leads, and how many each has in hand',
    input: z.object({ outletId: z.uuid().optional() }),
    output: z.object({ assignees: z.array(Assignee) }),
  }),
  get: get('/leads/:leadId', {
    can: 'lead.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'One lead, with how its clocks were counted',
    input: LeadId,
    output: LeadCard,
  }),
  /** Opens what the client wrote. */
  comment: post('/leads/:leadId/comment', {
    can: 'person.reveal',
    purpose: 'request_handling',
    personal: true,
    summary: 'What the client wrote; leaves a trace',
    input: LeadId,
    output: z.object({ text: z.string().nullable() }),
  }),
  take: post('/leads/:leadId/take', { can: 'lead.take', purpose: 'request_handling', summary: 'Take into work', input: Versioned, output: After }),
  assign: post('/leads/:leadId/assign', {
    can: 'lead.assign',
    purpose: 'request_handling',
    summary: 'Hand over to a colleague; null gives it back to everyone',
    input: Versioned.extend({ employeeId: z.uuid().nullable() }),
    output: After,
  }),
  assignMany: post('/leads/assign', {
    can: 'lead.assign',
    purpose: 'request_handling',
    summary: 'Hand over many at once; each that cannot be is named with its reason, the others are handed over',
    input: z.object({
      leads: z
        .array(z.object({ id: z.uuid(), version: z.number().int() }))
        .min(1)
        .max(100),
      employeeId: z.uuid().nullable(),
    }),
    output: z.object({ assigned: z.array(After), refused: z.array(z.object({ id: z.uuid(), code: z.string() })) }),
  }),
  escalate: post('/leads/:leadId/escalate', { can: 'lead.take', purpose: 'request_handling', summary: 'Ask the head of sales to step in', input: Versioned, output: After }),
  close: post('/leads/:leadId/close', {
    can: 'lead.close',
    purpose: 'request_handling',
    summary: 'Close with a result',
    input: Versioned.extend({ result: z.enum(closingResults) }),
    output: After,
  }),
  reopen: post('/leads/:leadId/reopen', { can: 'lead.close', purpose: 'request_handling', summary: 'Back into work after a close', input: Versioned, output: After }),
  undo: post('/leads/:leadId/undo', {
    can: 'lead.take',
    purpose: 'request_handling',
    summary: 'Take back my own last act on this lead within ten minutes',
    input: Versioned,
    output: After,
  }),
}
