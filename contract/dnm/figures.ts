import { z } from 'zod'
import { get } from '../endpoint.ts'
import { NetworkQuery } from './network-lead.ts'

/** Fewer people than this are not told as a share or a time: somebody could be recognised in them. */
export const SMALL_CELL = 5

/** A number and the query of `networkLeads.list` whose rows it counts. Null: too few to be told. */
export const NetworkFigure = z.object({ value: z.number().int().nullable(), query: NetworkQuery.partial() })
export type NetworkFigure = z.output<typeof NetworkFigure>

export const DealerFigures = z.object({
  /** Null: the whole network. */
  dealerId: z.uuid().nullable(),
  dealer: z.string().nullable(),
  leads: NetworkFigure,
  /** Open and late this minute. */
  burning: NetworkFigure,
  takeMedianMinutes: z.number().int().nullable(),
  takeP90Minutes: z.number().int().nullable(),
  contactMedianMinutes: z.number().int().nullable(),
  contactP90Minutes: z.number().int().nullable(),
  /** Behind the times: clocks that a person stopped. */
  takenTimed: NetworkFigure,
  contactTimed: NetworkFigure,
  takenInTime: NetworkFigure,
  takenLate: NetworkFigure,
  contactInTime: NetworkFigure,
  contactLate: NetworkFigure,
  contacted: NetworkFigure,
  deals: NetworkFigure,
  sold: NetworkFigure,
})
export type DealerFigures = z.output<typeof DealerFigures>

/** One day of one dealer, as it is published. */
export const DayFigures = z.object({
  dealerId: z.uuid(),
  day: z.iso.date(),
  leads: z.number().int().nullable(),
  contacted: z.number().int().nullable(),
  deals: z.number().int().nullable(),
})

const Period = { since: z.iso.datetime({ offset: true }), until: z.iso.datetime({ offset: true }) }

export const networkFigures = {
  dealers: get('/network/figures', {
    can: 'network.read',
    summary: 'How fast dealers answer and what comes of it, from states and times alone; every number names the requests behind it',
    input: z.object(Period),
    /** `isCut`: the period holds more than are read; the newest were, and the queries begin where those begin. */
    output: z.object({ total: DealerFigures, dealers: z.array(DealerFigures), isCut: z.boolean() }),
  }),
  days: get('/network/figures/days', {
    can: 'network.read',
    summary: 'Requests by dealer and day, newest first; days with fewer than five people are not told',
    input: z.object(Period),
    output: z.object({ days: z.array(DayFigures), isCut: z.boolean() }),
  }),
}
