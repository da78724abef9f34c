import type { z } from 'zod'
import type { LeadQuery } from '../../../contract/crm/lead.ts'
import type { Figure } from '../../../contract/crm/report.ts'
import { seer, type Ctx } from '../../kernel/index.ts'
import type { Seer } from '../../vault/index.ts'

export type Query = z.input<typeof LeadQuery>
/** A number beside the query whose rows it counts. What is not asked for is left out, so that the address of the rows is short. */
export const figure = (value: number, query: Query): z.input<typeof Figure> => ({
  value,
  query: Object.fromEntries(Object.entries(query).filter(([, part]) => part !== undefined)) as Query,
})

/** Reports hold no person, so the right to them shows the whole outlet in numbers; the rows behind still ask for the right to see them. */
export const reader = (ctx: Ctx): Seer => ({ ...seer(ctx.actor, 'lead.read_all'), seesAll: true })

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

/**
 * Of rows that come newest first and one beyond `most`: those that are counted, and since when all there are is counted; null: all of the period. What
 * came in the same moment as the first that is left out is left out with it, so that the query of a number opens what was counted.
 */
export function whole<T>(rows: readonly T[], at: (row: T) => Date, most: number): { rows: readonly T[]; since: Date | null } {
  const beyond = rows[most]
  if (beyond === undefined) return { rows, since: null }
  const kept = rows.slice(0, most).filter((row) => at(row) > at(beyond))
  const oldest = kept.at(-1)
  return { rows: kept, since: oldest ? at(oldest) : new Date(at(beyond).getTime() + 1) }
}
