import { z } from 'zod'
import { get } from '../endpoint.ts'
import { LeadQuery, leadSteps } from './lead.ts'

/** A number and the query of leads.list that opens exactly its rows. */
export const Figure = z.object({ value: z.number().int(), query: LeadQuery })
export type Figure = z.output<typeof Figure>

const Burning = z.object({ overdue: Figure, soon: Figure, open: Figure })

/** A cohort: the leads received in the period, wherever they are today. `until` is not included. */
const Period = z
  .object({ since: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }), outletId: z.uuid().optional(), sourceId: z.uuid().optional() })
  .refine(({ since, until }) => Date.parse(until) > Date.parse(since), { path: ['until'], message: 'ends_before_beginning' })
  .refine(({ since, until }) => Date.parse(until) - Date.parse(since) <= 400 * 86_400_000, { path: ['since'], message: 'period_too_long' })

export const funnelSteps = ['received', ...leadSteps] as const
export const Steps = z.record(z.enum(funnelSteps), Figure)
export type Steps = z.output<typeof Steps>

/** Working minutes over the clocks that a person stopped, `timed`; null when none was. `inTime` and `late` are counted over all whose clock is decided. */
const Response = z.object({ medianMinutes: z.number().int().nullable(), p90Minutes: z.number().int().nullable(), timed: Figure, inTime: Figure, late: Figure })
export type Response = z.output<typeof Response>
const ResponseRow = z.object({ take: Response, firstContact: Response })

export const reports = {
  now: get('/reports/now', {
    can: 'report.read',
    summary: 'What burns at this moment, by outlet and by employee; null is nobody',
    input: z.object({ outletId: z.uuid().optional() }),
    output: z.object({
      at: z.iso.datetime(),
      total: Burning.extend({ unassigned: Figure, escalated: Figure }),
      outlets: z.array(Burning.extend({ outletId: z.uuid() })),
      employees: z.array(Burning.extend({ employeeId: z.uuid().nullable() })),
      /** More wait for an answer than are looked at: `overdue` and `soon` are the least there are. */
      isCut: z.boolean(),
    }),
  }),
  funnel: get('/reports/funnel', {
    can: 'report.read',
    summary: 'From lead to sold car, over the leads received in a period',
    input: Period,
    output: z.object({ steps: Steps, sources: z.array(z.object({ sourceId: z.uuid(), source: z.string(), steps: Steps })) }),
  }),
  response: get('/reports/response', {
    can: 'report.read',
    summary: 'How fast leads are taken and answered, in working minutes, by the clock of the tray itself',
    input: Period,
    output: z.object({
      total: ResponseRow,
      employees: z.array(ResponseRow.extend({ employeeId: z.uuid().nullable() })),
      sources: z.array(ResponseRow.extend({ sourceId: z.uuid(), source: z.string() })),
      /** The period holds more leads than one report reads: the newest were read, and the queries begin where those begin. */
      isCut: z.boolean(),
    }),
  }),
}
