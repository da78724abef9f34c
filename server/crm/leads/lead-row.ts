import type { z } from 'zod'
import type { LeadRow } from '../../../contract/crm/lead.ts'
import type { Ctx } from '../../kernel/index.ts'
import { explainClock, leadClock, toClock, type ClockPart, type LeadClock, type LeadClockInput } from '../clock/clock.ts'
import type { OutletHours } from '../clock/working-hours.ts'
import { defaultPolicy } from '../routing/default-policy.ts'

/** Columns of a lead as the statements of this folder alias them. */
export type LeadColumns = {
  id: string
  number: number
  personId: string | null
  sourceId: string
  source: string
  interest: LeadRow['interest']
  model: string | null
  status: LeadRow['status']
  result: LeadRow['result']
  outletId: string
  departmentKind: LeadRow['departmentKind']
  responsibleId: string | null
  assignedBecause: string
  receivedAt: Date
  requestedAt: Date | null
  notices: string[]
  takenAt: Date | null
  firstContactAt: Date | null
  closedAt: Date | null
  escalatedAt: Date | null
  /** At a dealer: the distributor's lead that was handed to us. */
  networkLeadId: string | null
  version: number
}
export const leadColumns = `l.id, l.number, l.person_id "personId", l.source_id "sourceId", s.name source, l.interest, m.name model, l.status, l.result, l.outlet_id "outletId",
  l.department_kind "departmentKind", l.responsible_id "responsibleId", l.assigned_because "assignedBecause", l.received_at "receivedAt", l.requested_at "requestedAt", l.notices, l.taken_at "takenAt",
  l.first_contact_at "firstContactAt", l.closed_at "closedAt", l.escalated_at "escalatedAt", l.network_lead_id "networkLeadId", l.version`
export const leadJoins = `leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id left join models m on m.id = l.model_id`

export type ClockRules = { hours: Map<string, OutletHours>; policies: Map<string, { takeMinutes: number; firstContactMinutes: number }> }

/** Hours of the tenant's outlets and its clocks by interest: what every clock of a list is counted from. */
export async function clockRules(ctx: Ctx): Promise<ClockRules> {
  const [outlets, policies] = await Promise.all([
    ctx.db.selectFrom('outlets').select(['id', 'timeZone', 'hours']).limit(500).execute(),
    ctx.db.selectFrom('leadPolicies').select(['interest', 'takeMinutes', 'firstContactMinutes']).limit(50).execute(),
  ])
  return {
    hours: new Map(outlets.map((outlet) => [outlet.id, { timeZone: outlet.timeZone, week: outlet.hours as OutletHours['week'] }])),
    policies: new Map(policies.map(({ interest, ...policy }) => [interest, policy])),
  }
}

/** Both clocks of a lead: what chips, lists, reports and the escalation all ask. */
export const clockOf = (row: Clocked, rules: ClockRules, now: Date): LeadClock => leadClock(inputOf(row, rules, now))
/** How they were counted, line by line. */
export const explanationOf = (row: Clocked, rules: ClockRules, now: Date): ClockPart[] => explainClock(inputOf(row, rules, now))

const inputOf = (row: Clocked, rules: ClockRules, now: Date): LeadClockInput => ({
  receivedAt: row.receivedAt,
  takenAt: row.takenAt,
  firstContactAt: row.firstContactAt,
  closedAt: row.closedAt,
  policy: policyOf(rules, row),
  hours: hoursOf(rules, row.outletId),
  now,
})
export type Clocked = Pick<LeadColumns, 'receivedAt' | 'takenAt' | 'firstContactAt' | 'closedAt' | 'interest' | 'outletId'>
export const policyOf = (rules: ClockRules, row: Pick<LeadColumns, 'interest'>): { takeMinutes: number; firstContactMinutes: number } =>
  rules.policies.get(row.interest) ?? defaultPolicy

/** A lead as it is told, without the person: the caller adds `masked`. */
export function toLead(row: LeadColumns, rules: ClockRules, now: Date): Omit<z.input<typeof LeadRow>, 'masked'> {
  const { take, firstContact } = clockOf(row, rules, now)
  return {
    ...row,
    receivedAt: row.receivedAt.toISOString(),
    requestedAt: row.requestedAt?.toISOString() ?? null,
    takenAt: row.takenAt?.toISOString() ?? null,
    firstContactAt: row.firstContactAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
    escalatedAt: row.escalatedAt?.toISOString() ?? null,
    clocks: { take: toClock(take), firstContact: toClock(firstContact) },
  }
}

export function hoursOf(rules: ClockRules, outletId: string): OutletHours {
  const hours = rules.hours.get(outletId)
  if (!hours) throw new Error('a lead stands at an outlet that is not there')
  return hours
}
