import { SLOT_MINUTES } from '../../../contract/crm/test-drive.ts'
import { wallToInstant, zoneOffsetMs } from '../../platform/calendar/zone.ts'
import { openSpans, type OutletHours } from '../clock/working-hours.ts'

const SLOT_MS = SLOT_MINUTES * 60_000
const DAY_MS = 86_400_000

/**
 * Beginnings of the slots of a calendar day (`YYYY-MM-DD` of the outlet): full hours on its wall clock, each wholly inside its hours. Pure.
 * A day when the clocks are put forward has one slot less in between. Throws as `openSpans`, NeverOpen aside: an outlet that never opens has no slots.
 */
export function slotsOf(hours: OutletHours, date: string): Date[] {
  if (Object.values(hours.week).every((times) => times === null)) return []
  const midnight = Date.parse(`${date}T00:00:00Z`)
  const [from, to] = [wallToInstant(hours.timeZone, midnight, 'earlier'), wallToInstant(hours.timeZone, midnight + DAY_MS, 'earlier')]
  const slots: Date[] = []
  for (const { openAt, closeAt } of openSpans(hours, new Date(from), new Date(to), 2)) {
    for (let at = fullHour(hours.timeZone, openAt.getTime()); at + SLOT_MS <= closeAt.getTime(); at += SLOT_MS) slots.push(new Date(at))
  }
  return slots
}

/** The instant itself or the next at which the wall shows a full hour. */
function fullHour(timeZone: string, instantMs: number): number {
  const beyond = (((instantMs + zoneOffsetMs(timeZone, instantMs)) % SLOT_MS) + SLOT_MS) % SLOT_MS
  return beyond === 0 ? instantMs : instantMs + SLOT_MS - beyond
}
