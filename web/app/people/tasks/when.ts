import type { InteractionResult } from '../../../../contract/crm/interaction.ts'
import type { TaskKind } from '../../../../contract/crm/task.ts'
import { dayOf, fromWallTime, nextDay, toWallTime } from '../../../ui/format.ts'

export const presets = ['hour', 'two_hours', 'tomorrow', 'monday', 'week'] as const
export type Preset = (typeof presets)[number]

const HOUR_MS = 3_600_000
const MORNING = 'T10:00'

/** The instant (ISO) that a preset means, by the clocks of the outlet's zone. */
export function whenOf(preset: Preset, now: Date, timeZone: string): string {
  const morningIn = (days: number): string => {
    const day = nextDay(dayOf(now, timeZone), days)
    return fromWallTime(day + MORNING, timeZone) ?? `${day}T00:00:00.000Z`
  }
  const weekday = new Date(`${dayOf(now, timeZone)}T00:00:00Z`).getUTCDay()
  switch (preset) {
    case 'hour':
      return new Date(now.getTime() + HOUR_MS).toISOString()
    case 'two_hours':
      return new Date(now.getTime() + 2 * HOUR_MS).toISOString()
    case 'tomorrow':
      return morningIn(1)
    case 'monday':
      return morningIn((8 - weekday) % 7 || 7)
    case 'week':
      return morningIn(7)
  }
}

/** What usually follows a contact: proposed, and one key takes it away. */
export const nextAfter: Record<InteractionResult, { kind: TaskKind; preset: Preset } | null> = {
  talked: null,
  no_answer: { kind: 'call', preset: 'two_hours' },
  busy: { kind: 'call', preset: 'hour' },
  wrong_number: null,
  call_back: { kind: 'call', preset: 'tomorrow' },
  visit_planned: { kind: 'meet', preset: 'tomorrow' },
  refused: null,
  done: null,
}

const [OPENS, CLOSES] = [9, 20]

/** The same as a proposal: nobody is called at night, so what falls there is proposed for the morning. */
export function suggestedTime(preset: Preset, now: Date, timeZone: string): string {
  const at = whenOf(preset, now, timeZone)
  const wall = toWallTime(at, timeZone)
  const hour = Number(wall.slice(11, 13))
  if (hour >= CLOSES) return whenOf('tomorrow', new Date(at), timeZone)
  return hour < OPENS ? (fromWallTime(wall.slice(0, 10) + MORNING, timeZone) ?? at) : at
}
