import type { NetworkQuery, NetworkStep } from '../../../contract/dnm/network-lead.ts'
import { clockFits, SOON_MINUTES, type LeadClock } from '../../crm/index.ts'
import { networkClock, type NetworkColumns } from './network-row.ts'

/**
 * How a request stands, counted once. `dueAt`: when the running clock of an unanswered one is over; null: nothing runs. `isBurning`: late already, or due
 * within a quarter of an hour of the dealer's working time.
 */
export type Heat = { clock: LeadClock | null; dueAt: Date | null; isBurning: boolean }

export function heatOf(row: NetworkColumns, now: Date): Heat {
  const clock = networkClock(row, now)
  if (!clock || row.firstContactAt || row.closedAt || row.disputedAt) return { clock, dueAt: null, isBurning: false }
  const { take, firstContact } = clock
  const dueAt = row.takenAt || firstContact.dueAt < take.dueAt ? firstContact.dueAt : take.dueAt
  return { clock, dueAt, isBurning: dueAt < now || (row.takenAt ? firstContact : take).leftMinutes <= SOON_MINUTES }
}

/** Does a request stand so? The same words count it in the figures and list it behind them. */
export function fitsClock({ clock, dueAt }: Heat, now: Date, wanted: NonNullable<NetworkQuery['clock']>): boolean {
  if (wanted === 'overdue') return dueAt !== null && dueAt < now
  return clock !== null && clockFits(clock, wanted)
}

/** How far a request `n` came, in SQL. */
export const reachedText: Record<NetworkStep, string> = {
  received: 'n.received_at is not null',
  taken: '(n.taken_at is not null or n.first_contact_at is not null)',
  contacted: 'n.first_contact_at is not null',
  deal: 'n.deal_at is not null',
  sold: 'n.sold_at is not null',
}
