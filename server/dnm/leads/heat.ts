import type { NetworkQuery, NetworkStep } from '../../../contract/dnm/network-lead.ts'
import { networkClock, type NetworkColumns } from './network-row.ts'

export const SOON_MINUTES = 15

/** When the running clock of an unanswered request is over; null: nothing runs. */
export function dueAtOf(row: NetworkColumns, now: Date): Date | null {
  const clock = networkClock(row, now)
  if (!clock || row.firstContactAt || row.closedAt || row.disputedAt) return null
  return row.takenAt ? clock.firstContact.dueAt : clock.take.dueAt < clock.firstContact.dueAt ? clock.take.dueAt : clock.firstContact.dueAt
}

/** Late already, or due within a quarter of an hour of the dealer's working time. */
export function isBurning(row: NetworkColumns, now: Date): boolean {
  const due = dueAtOf(row, now)
  const clock = networkClock(row, now)
  if (!due || !clock) return false
  return due < now || (row.takenAt ? clock.firstContact : clock.take).leftMinutes <= SOON_MINUTES
}

/** Does a request stand so? The same words count it in the figures and list it behind them. */
export function fitsClock(row: NetworkColumns, now: Date, wanted: NonNullable<NetworkQuery['clock']>): boolean {
  if (wanted === 'overdue') return (dueAtOf(row, now)?.getTime() ?? Infinity) < now.getTime()
  const clock = networkClock(row, now)
  if (!clock) return false
  const { state } = wanted.startsWith('take') ? clock.take : clock.firstContact
  return wanted.endsWith('in_time') ? state === 'done' : state === 'done_late' || state === 'overdue'
}

/** How far a request `n` came, in SQL. */
export const reachedText: Record<NetworkStep, string> = {
  received: 'n.received_at is not null',
  taken: '(n.taken_at is not null or n.first_contact_at is not null)',
  contacted: 'n.first_contact_at is not null',
  deal: 'n.deal_at is not null',
  sold: 'n.sold_at is not null',
}
