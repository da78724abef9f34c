import { z } from 'zod'
import { After } from '../after.ts'
import { get, patch, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Masked } from '../people/person.ts'
import { MOST_NUMBER } from './lead.ts'
import { testDriveStatuses } from './test-drive.ts'

export const openStages = ['contact', 'visit', 'test_drive', 'offer', 'contract', 'delivery'] as const
export const dealStages = [...openStages, 'won', 'lost'] as const
export type DealStage = (typeof dealStages)[number]
export const lostReasons = ['price', 'competitor', 'no_stock', 'no_credit', 'postponed', 'unreachable', 'other'] as const
export type LostReason = (typeof lostReasons)[number]
export const isOpenStage = (stage: DealStage): stage is (typeof openStages)[number] => stage !== 'won' && stage !== 'lost'

/** How long the last move can be taken back. */
export const UNDO_MOVE_MINUTES = 10
/** How many days the board still shows what was won or lost. */
export const BOARD_DAYS = 30

/** Kopecks; at most ten billion roubles, so that sums of a column stay exact. */
export const AmountKopecks = z.number().int().min(0).max(1_000_000_000_000)

/** A working list without its person: the board asks for names once (`deals.names`), not at every change. */
export const DealRow = z.object({
  id: z.uuid(),
  number: z.number().int(),
  /** Null: the person was destroyed, the deal stays as statistics. */
  personId: z.uuid().nullable(),
  leadId: z.uuid().nullable(),
  outletId: z.uuid(),
  responsibleId: z.uuid(),
  /** The credit and insurance specialist whose hands it is in besides; null: nobody's. */
  specialistId: z.uuid().nullable(),
  modelId: z.uuid().nullable(),
  model: z.string().nullable(),
  stage: z.enum(dealStages),
  lostReason: z.enum(lostReasons).nullable(),
  amountKopecks: z.number().int().nullable(),
  openedAt: z.iso.datetime(),
  stageSince: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  /** The soonest open step; null: nobody has planned one. */
  nextTaskAt: z.iso.datetime().nullable(),
  version: z.number().int(),
})
export type DealRow = z.output<typeof DealRow>

export const DealMove = z.object({
  id: z.uuid(),
  from: z.enum(dealStages),
  to: z.enum(dealStages),
  lostReason: z.enum(lostReasons).nullable(),
  byId: z.uuid(),
  at: z.iso.datetime(),
  undoneAt: z.iso.datetime().nullable(),
})
export type DealMove = z.output<typeof DealMove>

export const Deal = DealRow.extend({
  masked: Masked.nullable(),
  moves: z.array(DealMove),
  testDrives: z.array(z.object({ id: z.uuid(), startsAt: z.iso.datetime(), status: z.enum(testDriveStatuses), model: z.string(), version: z.number().int() })),
  /** Until when the last move can be taken back by the asker; null: not at all. */
  undoUntil: z.iso.datetime().nullable(),
})
export type Deal = z.output<typeof Deal>

const Filters = { mine: z.stringbool().default(false), outletId: z.uuid().optional(), responsibleId: z.uuid().optional() }

/** From a lead (closes it with the result `deal`) or from a person. */
export const DealDraft = z
  .object({
    leadId: z.uuid().optional(),
    leadVersion: z.number().int().optional(),
    personId: z.uuid().optional(),
    outletId: z.uuid().optional(),
    /** Whoever asks, when left out. */
    responsibleId: z.uuid().optional(),
    modelId: z.uuid().nullable().default(null),
    amountKopecks: AmountKopecks.nullable().default(null),
  })
  .refine(({ leadId, personId }) => leadId !== undefined || personId !== undefined, { path: ['personId'], message: 'lead_or_person' })
  .refine(({ leadId, leadVersion }) => leadId === undefined || leadVersion !== undefined, { path: ['leadVersion'], message: 'required' })

const DealId = z.object({ dealId: z.uuid() })
const Versioned = DealId.extend({ version: z.number().int() })
const Moved = After.extend({ stage: z.enum(dealStages), undoUntil: z.iso.datetime() })

export const deals = {
  board: get('/deals/board', {
    can: 'deal.read',
    summary: 'The board: each stage with its count, sum and first cards; closed ones of the last 30 days. Without people',
    input: z.object({ ...Filters, perStage: z.coerce.number().int().min(1).max(50).default(20) }),
    output: z.object({
      closedSince: z.iso.datetime(),
      columns: z.array(z.object({ stage: z.enum(dealStages), count: z.number().int(), sumKopecks: z.number().int(), rows: z.array(DealRow), nextCursor: z.string().nullable() })),
    }),
  }),
  list: get('/deals', {
    can: 'deal.read',
    summary: 'Working lists of a stage or a person, newest in their stage first. Without people',
    input: z.object({ ...Paging, ...Filters, stage: z.enum(dealStages).optional(), personId: z.uuid().optional(), closedSince: z.iso.datetime({ offset: true }).optional() }),
    output: page(DealRow),
  }),
  find: get('/deals/numbers/:number', {
    can: 'deal.read',
    summary: 'The working list of this number, for whoever was told it',
    input: z.object({ number: z.coerce.number().int().min(1).max(MOST_NUMBER) }),
    output: z.object({ id: z.uuid(), number: z.number().int(), stage: z.enum(dealStages), model: z.string().nullable() }),
  }),
  names: post('/deals/names', {
    can: 'deal.read',
    purpose: 'sale',
    personal: true,
    summary: 'Masked people of these working lists; those the asker may not see are left out',
    input: z.object({ dealIds: z.array(z.uuid()).min(1).max(200) }),
    output: z.object({ names: z.array(z.object({ dealId: z.uuid(), masked: Masked.nullable() })) }),
  }),
  get: get('/deals/:dealId', { can: 'deal.read', purpose: 'sale', personal: true, summary: 'One working list: masked person, moves, test drives', input: DealId, output: Deal }),
  open: post('/deals', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Open a working list from a lead or for a client',
    input: DealDraft,
    output: After.extend({ number: z.number().int(), personId: z.uuid() }),
  }),
  move: post('/deals/:dealId/move', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Move to another stage; leaving to `lost` asks for a reason, entering `test_drive` for a booked or finished test drive',
    input: Versioned.extend({ stage: z.enum(dealStages), lostReason: z.enum(lostReasons).optional() }).refine(
      ({ stage, lostReason }) => (stage === 'lost') === (lostReason !== undefined),
      { path: ['lostReason'], message: 'reason_of_lost' },
    ),
    output: Moved,
  }),
  undo: post('/deals/:dealId/undo', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Take the last move back within ten minutes',
    input: Versioned,
    output: After.extend({ stage: z.enum(dealStages) }),
  }),
  edit: patch('/deals/:dealId', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Change amount or model; a lost update is refused',
    input: Versioned.extend({ amountKopecks: AmountKopecks.nullable().optional(), modelId: z.uuid().nullable().optional() }),
    output: After,
  }),
  assign: post('/deals/:dealId/assign', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Hand over to a colleague, with the client and the open steps',
    input: Versioned.extend({ employeeId: z.uuid() }),
    output: After,
  }),
  specialist: post('/deals/:dealId/specialist', {
    can: 'deal.edit',
    purpose: 'sale',
    summary: 'Put it into the hands of a credit specialist besides, who sees the client while it is open; null takes it back',
    input: Versioned.extend({ employeeId: z.uuid().nullable() }),
    output: After,
  }),
}
