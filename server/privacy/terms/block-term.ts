import type { BlockStage } from '../../../contract/privacy/term.ts'
import { dateIn } from '../../platform/calendar/zone.ts'
import { UnknownCalendarYear } from '../../platform/calendar/working-days.ts'
import { terms } from '../../../contract/privacy/term.ts'
import { dueOf, monthsAfter, type Due } from './due-of.ts'

const NEAR_DAYS = 30
const URGENT_DAYS = 7
const DAY_MS = 86_400_000

export type BlockTerm = Due & { startedOn: string; daysLeft: number; stage: 'running' | BlockStage }

/**
 * The clock of a block: whoever cannot be destroyed within the term is blocked and destroyed within six months (152-ФЗ art. 21 ч.6). Counted from the day of
 * the block as the company reads it; `daysLeft` to our own day, negative: so many late. The officer hears thirty days before, the administrator seven.
 */
export function blockTerm(restrictedAt: Date, { zone, today }: { zone: string; today: string }): BlockTerm {
  const startedOn = dateIn(zone, restrictedAt)
  const due = dueWithin(startedOn)
  const daysLeft = Math.round((Date.parse(due.dueOn) - Date.parse(today)) / DAY_MS)
  return { ...due, startedOn, daysLeft, stage: daysLeft < 0 ? 'late' : daysLeft <= URGENT_DAYS ? 'urgent' : daysLeft <= NEAR_DAYS ? 'near' : 'running' }
}

/** Six months may reach into a year whose holidays nobody has announced yet: then the day of the law itself, so that the clock does not stand still. */
function dueWithin(startedOn: string): Due {
  try {
    return dueOf('D_MAXBLOCK', startedOn)
  } catch (error) {
    if (!(error instanceof UnknownCalendarYear)) throw error
    const endsOn = monthsAfter(startedOn, terms.D_MAXBLOCK.count)
    return { dueOn: endsOn, endsOn }
  }
}
