import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Masked } from '../people/person.ts'
import { Download } from './request.ts'

/** Why data was destroyed (order РКН 179 п.3 «и»). */
export const destructionReasons = [
  'purpose_achieved',
  'consent_withdrawn',
  'stop_demand',
  'unlawful',
  'not_needed',
  'retention_expired',
  'import_undone',
  'regulator_demand',
] as const
export type DestructionReason = (typeof destructionReasons)[number]

/** Their own CRM on this platform took it in, their system answered or fetched it, or the officer told them otherwise. */
export const heardHows = ['here', 'push', 'poll', 'by_hand'] as const

export const DueRow = z.object({
  personId: z.uuid(),
  masked: Masked.nullable(),
  destroyAfter: z.iso.datetime(),
  isRestricted: z.boolean(),
  isOver: z.boolean(),
  reason: z.enum(destructionReasons),
})

/** What would go, by kinds of rows, and who else was given the data. */
export const DestructionPreview = z.object({
  masked: Masked.nullable(),
  classes: z.array(z.object({ code: z.string(), count: z.number().int() })),
  rows: z.array(z.object({ table: z.string(), count: z.number().int(), atTheEnd: z.enum(['deleted', 'unlinked']) })),
  recipients: z.number().int(),
  liveGrounds: z.number().int(),
  openRequests: z.number().int(),
  isRestricted: z.boolean(),
})

export const ActRow = z.object({
  id: z.uuid(),
  number: z.number().int(),
  at: z.iso.datetime(),
  people: z.number().int(),
  reason: z.enum(destructionReasons),
  executorId: z.uuid().nullable(),
  executorPosition: z.string().nullable(),
})
export const DestructionAct = ActRow.extend({
  operator: z.object({ name: z.string(), address: z.string(), inn: z.string(), ogrn: z.string() }),
  processor: z.object({ name: z.string(), address: z.string() }).nullable(),
  personIds: z.array(z.uuid()),
  categories: z.array(z.string()),
  system: z.string(),
  method: z.string(),
  counts: z.record(z.string(), z.number().int()),
  requestId: z.uuid().nullable(),
  /** Whether the letter that tells them of it has reached a mail server; null while it waits, and where none was owed. */
  personTold: z.enum(['told', 'untold']).nullable(),
  keptUntil: z.iso.date(),
  /** Who had been given the data; told only who confirmed it themselves, or whom the officer told. `number`: of their request in the network. */
  recipients: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      number: z.number().int().nullable(),
      queuedAt: z.iso.datetime(),
      toldAt: z.iso.datetime().nullable(),
      how: z.enum(heardHows).nullable(),
    }),
  ),
  /** The event `person.destroyed` that proves it; position and size of the tree once the sealer has been there. */
  proof: z.object({ eventId: z.uuid(), position: z.number().int().nullable(), head: z.string().nullable() }).nullable(),
  executorName: z.string().nullable(),
})

const ActId = z.object({ actId: z.uuid() })
const reading = { can: 'destruction.read', purpose: 'rights' } as const

export const destructions = {
  due: get('/destructions/due', {
    ...reading,
    personal: true,
    summary: 'People whose last ground has ended or ends, by the day they go',
    input: z.object({ ...Paging }),
    output: page(DueRow),
  }),
  preview: get('/persons/:personId/destruction', {
    ...reading,
    personal: true,
    summary: 'What would go if this person were destroyed now',
    input: z.object({ personId: z.uuid() }),
    output: DestructionPreview,
  }),
  now: post('/persons/:personId/destroy', {
    can: 'request.handle',
    purpose: 'rights',
    dangerous: true,
    summary: 'Destroy a person whose last ground has ended, without waiting for the night',
    input: z.object({ personId: z.uuid() }),
    output: z.object({ actId: z.uuid() }),
  }),
  list: get('/destructions', { ...reading, summary: 'Acts of destruction, newest first', input: z.object({ ...Paging }), output: page(ActRow) }),
  card: get('/destructions/:actId', { ...reading, personal: true, summary: 'One act of destruction with its proof', input: ActId, output: DestructionAct }),
  tell: post('/destructions/:actId/recipients/:recipientNoticeId/told', {
    can: 'request.handle',
    purpose: 'rights',
    summary: 'Record that a recipient whom no message reached was told of the destruction otherwise, say by letter (152-FZ art. 20 part 3, 21 part 3)',
    input: ActId.extend({ recipientNoticeId: z.uuid() }),
    output: z.object({ toldAt: z.iso.datetime() }),
  }),
  pdf: get('/destructions/:actId/pdf', {
    ...reading,
    personal: true,
    summary: 'The act of destruction, or the extract from the log that goes with it (order РКН 179), as PDF',
    input: ActId.extend({ form: z.enum(['act', 'journal']).default('act') }),
    output: Download,
  }),
}
