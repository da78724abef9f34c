import { z } from 'zod'
import { After } from '../after.ts'
import { Clock, interests, leadResults } from '../crm/lead.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'

/** How far a request came at its dealer. `disputed`: the dealer says it is not theirs to answer, and its clocks rest; `unrouted`: in the hands of the lead desk. */
export const networkStates = ['offered', 'received', 'taken', 'contacted', 'closed', 'disputed', 'unrouted'] as const
export const networkViews = ['open', 'burning', 'unrouted', 'disputed', 'closed', 'all'] as const
export type NetworkView = (typeof networkViews)[number]
export const unroutedReasons = ['no_dealer', 'no_basis', 'too_many', 'not_delivered', 'by_hand', 'destroyed'] as const
export type UnroutedReason = (typeof unroutedReasons)[number]
export const deliveries = ['crm', 'poll', 'push'] as const
/** After so many dealers who did not answer in time the lead desk decides. */
export const MAX_REROUTINGS = 2
export const moveKinds = ['assigned', 'rerouted', 'by_hand', 'taken_back', 'unrouted', 'refused'] as const
/** Which rows stand behind a figure: how far a request came at least, or how one of its clocks ended. */
export const networkSteps = ['received', 'taken', 'contacted', 'deal', 'sold'] as const
export type NetworkStep = (typeof networkSteps)[number]
export const networkClockStates = ['overdue', 'take_in_time', 'take_late', 'take_timed', 'contact_in_time', 'contact_late', 'contact_timed'] as const

const because = [
  'wished_outlet',
  'wished_dealer',
  'rule_outlet',
  'rule_dealer',
  'rule_least',
  'city_least',
  'least',
  'by_hand',
  'no_dealer',
  'take_overdue',
  'contact_overdue',
] as const
export type NetworkBecause = {
  code: (typeof because)[number] | UnroutedReason | 'unknown'
  /** How the rule, the outlet or the city was called then. */
  name: string | null
  openLeads: number | null
}

/**
 * Reads why a dealer was chosen or a request taken away: `wished_outlet|<outlet>`, `wished_dealer|<dealer>`, `rule_outlet|<rule>`, `rule_dealer|<rule>`,
 * `rule_least|<rule>|<open requests then>`, `city_least|<city>|<open>`, `least||<open>`, or a bare code.
 */
export function readNetworkBecause(said: string): NetworkBecause {
  const [word = '', name = '', open = ''] = said.split('|')
  const code = [...because, ...unroutedReasons].find((known) => known === word) ?? 'unknown'
  return { code, name: name === '' ? null : name, openLeads: /^\d+$/.test(open) ? Number(open) : null }
}

export const NetworkLead = z.object({
  id: z.uuid(),
  /** The distributor's own number: the only word by which both sides speak of a request. */
  number: z.number().int(),
  interest: z.enum(interests),
  model: z.string().nullable(),
  city: z.string().nullable(),
  dealerId: z.uuid().nullable(),
  dealer: z.string().nullable(),
  outletId: z.uuid().nullable(),
  outlet: z.string().nullable(),
  assignedBecause: z.string(),
  state: z.enum(networkStates),
  unroutedBecause: z.enum(unroutedReasons).nullable(),
  dealerLeadNumber: z.number().int().nullable(),
  clientDmsId: z.string().nullable(),
  askedAt: z.iso.datetime(),
  assignedAt: z.iso.datetime().nullable(),
  receivedAt: z.iso.datetime().nullable(),
  takenAt: z.iso.datetime().nullable(),
  firstContactAt: z.iso.datetime().nullable(),
  closedAt: z.iso.datetime().nullable(),
  result: z.enum(leadResults).nullable(),
  escalatedAt: z.iso.datetime().nullable(),
  duplicateOf: z.number().int().nullable(),
  attempts: z.number().int(),
  /** Counted in the dealer's working hours; null while no dealer has it. */
  clocks: z.object({ take: Clock, firstContact: Clock }).nullable(),
  version: z.number().int(),
})
export type NetworkLead = z.output<typeof NetworkLead>

export const NetworkMove = z.object({
  id: z.uuid(),
  kind: z.enum(moveKinds),
  from: z.string().nullable(),
  to: z.string().nullable(),
  because: z.string(),
  byId: z.uuid().nullable(),
  at: z.iso.datetime(),
})
export const NetworkTransfer = z.object({
  id: z.uuid(),
  dealer: z.string(),
  via: z.enum(deliveries),
  basis: z.enum(['consent', 'contract']).nullable(),
  consentEventId: z.uuid().nullable(),
  state: z.enum(['waiting', 'ready', 'done', 'refused', 'failed']),
  at: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
})
export const NetworkLeadCard = NetworkLead.extend({
  /** Our own client, opened by the acts for clients where our own ground allows it; null: destroyed. */
  personId: z.uuid().nullable(),
  timeZone: z.string().nullable(),
  wishedOutlet: z.string().nullable(),
  excusedMinutes: z.number().int(),
  moves: z.array(NetworkMove),
  transfers: z.array(NetworkTransfer),
})
export type NetworkLeadCard = z.output<typeof NetworkLeadCard>

/** Which requests: the filters of the tray, the address of a screen and the rows behind a figure are all said with these. */
export const NetworkQuery = z.object({
  view: z.enum(networkViews).default('open'),
  dealerId: z.uuid().optional(),
  interest: z.enum(interests).optional(),
  reached: z.enum(networkSteps).optional(),
  clock: z.enum(networkClockStates).optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
})
export type NetworkQuery = z.output<typeof NetworkQuery>

const NetworkLeadId = z.object({ networkLeadId: z.uuid() })
const Versioned = NetworkLeadId.extend({ version: z.number().int() })

export const networkLeads = {
  list: get('/network/leads', {
    can: 'network.read',
    summary: 'Requests handed on to dealers, with their clocks in the dealers’ hours; no personal data',
    input: NetworkQuery.extend(Paging),
    output: page(NetworkLead),
  }),
  counts: get('/network/leads/counts', {
    can: 'network.read',
    summary: 'How many requests each view holds',
    input: z.object({}),
    output: z.object({ counts: z.record(z.enum(['open', 'burning', 'unrouted', 'disputed']), z.number().int()) }),
  }),
  get: get('/network/leads/:networkLeadId', {
    can: 'network.read',
    summary: 'One request: its clocks, every move with its explanation, and on which basis the person was handed over',
    input: NetworkLeadId,
    output: NetworkLeadCard,
  }),
  assign: post('/network/leads/:networkLeadId/assign', {
    can: 'network.route',
    purpose: 'request_handling',
    summary: 'Give a request to a dealer by hand; the one who has it loses it',
    input: Versioned.extend({ networkOutletId: z.uuid() }),
    output: After,
  }),
  reroute: post('/network/leads/:networkLeadId/reroute', {
    can: 'network.route',
    purpose: 'request_handling',
    summary: 'Take a request from its dealer and let the rules choose the next one that fits',
    input: Versioned,
    output: After,
  }),
  takeBack: post('/network/leads/:networkLeadId/take-back', {
    can: 'network.route',
    purpose: 'request_handling',
    summary: 'Take a request from its dealer into our own hands',
    input: Versioned,
    output: After,
  }),
}
