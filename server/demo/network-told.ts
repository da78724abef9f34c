/** What has happened to the people of the network in the last month, before it is written down on both sides. */
import type { Company } from './cast.ts'
import { tellDeal, type DealEnd } from './network-deals.ts'
import type { DemoModel, DemoOutlet } from './network.ts'
import type { DrawnContact } from './people.ts'
import type { Random } from './random.ts'
import { afterWorking, beforeWorking } from './working-time.ts'

type State = 'received' | 'taken' | 'contacted' | 'closed' | 'disputed'
/** How long ago in working minutes, how far it came, and what became of its working list. The terms are 30 and 60 minutes: the second burns. */
export const stories: readonly (readonly [minutes: number, state: State, deal?: DealEnd])[] = [
  [3, 'received'],
  [26, 'received'],
  [45, 'taken'],
  [120, 'contacted'],
  [260, 'disputed'],
  [700, 'contacted'],
  [1_500, 'contacted'],
  [2_400, 'closed'],
  [3_600, 'closed'],
  [5_200, 'closed'],
  [7_000, 'closed'],
  [8_800, 'closed'],
  [1_900, 'closed', 'open'],
  [3_100, 'closed', 'open'],
  [4_600, 'closed', 'open'],
  [6_100, 'closed', 'lost'],
  [9_900, 'closed', 'won'],
  [10_700, 'closed'],
  [11_600, 'closed', 'won'],
  [12_500, 'closed', 'lost'],
  [13_300, 'closed'],
  [14_200, 'closed', 'won'],
  [15_100, 'closed'],
  [16_000, 'closed', 'won'],
]

/** People of one dealer; the importer holds each of them as well. */
export const recentPeople = stories.length

export type Told = ReturnType<typeof tell>
/** Not every dealer is as quick: how many of its requests are answered after their terms. */
export const lateness: Partial<Record<Company, number>> = { zvezda: 0.15, ural: 0.3, zaliv: 0.45 }

type About = { outlet: DemoOutlet; contact: DrawnContact; story: (typeof stories)[number]; now: number; model: DemoModel; late: number }
export function tell(random: Random, { outlet, contact, story: [minutes, state, wanted], now, model, late }: About) {
  const at = beforeWorking(outlet, now, minutes)
  const later = (after: number): Date | null => (after < minutes ? new Date(Math.min(now, afterWorking(outlet, at, after))) : null)
  const isLate = state !== 'taken' && random.chance(late)
  const isTaken = state === 'taken' || state === 'contacted' || state === 'closed'
  const interest = random.pick(['new_car', 'new_car', 'test_drive', 'callback'] as const)
  const takenAt = isTaken ? later(isLate ? random.int(31, 58) : random.int(2, 24)) : null
  const contactAt = state === 'contacted' || state === 'closed' ? later(isLate ? random.int(63, 110) : random.int(26, 55)) : null
  // Who answers late opens fewer working lists, and sells less. A list closes the request it is opened for.
  const end = !wanted || !random.chance(late) ? wanted : wanted === 'won' ? 'lost' : undefined
  const closedAt = state === 'closed' ? later(end ? random.int(130, 420) : random.int(400, 1_800)) : null
  const unsold = random.pick(['answered', 'refused', 'unreachable'] as const)
  const ids = { own: random.uuid(at), ownPerson: random.uuid(at), consent: random.uuid(at), transfer: random.uuid(at), theirs: random.uuid(at), theirPerson: random.uuid(at) }
  const deal = end && closedAt ? tellDeal(random, { outlet, model, openedAt: closedAt, end, now }) : null
  return { state, contact, outlet, modelId: model.id, at: new Date(at), interest, takenAt, contactAt, closedAt, result: deal ? ('deal' as const) : unsold, ids, deal }
}
