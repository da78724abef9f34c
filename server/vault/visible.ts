/**
 * The one predicate that decides who sees a row: list, search, count, export, stream, report and vault all ask here.
 * A row belongs to an outlet and to someone responsible; null means "not yet decided, so everyone of the outlet".
 */
export type Seer = { id: string | null; outletId: string | null; seesAll: boolean }
export type Seen = { outletId: string | null; responsibleId: string | null }

export function sees(who: Seer, row: Seen): boolean {
  const sameOutlet = who.outletId === null || row.outletId === null || row.outletId === who.outletId
  const mineOrFree = who.seesAll || row.responsibleId === null || row.responsibleId === who.id
  return sameOutlet && mineOrFree
}

/** The same in SQL text for prepared statements; parameters `$n` outlet, `$n+1` seesAll, `$n+2` employee (see `seerValues`). */
export const seenText = (alias: string, n: number): string =>
  `($${n}::uuid is null or ${alias}.outlet_id is null or ${alias}.outlet_id = $${n}::uuid) and ($${n + 1}::boolean or ${alias}.responsible_id is null or ${alias}.responsible_id = $${n + 2}::uuid)`
export const seerValues = (who: Seer): [string | null, boolean, string | null] => [who.outletId, who.seesAll, who.id]
