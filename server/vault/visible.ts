/**
 * The one predicate that decides who sees a row: list, search, count, export, stream, report and vault all ask here.
 * A row belongs to an outlet and to someone responsible; null means "not yet decided, so everyone of the outlet who answers" (`unled.read`). Clients and
 * working lists may besides be in the hands of a credit specialist.
 */
export type Seer = { id: string | null; outletId: string | null; seesAll: boolean; seesUnled: boolean }
export type Seen = { outletId: string | null; responsibleId: string | null; specialistId?: string | null | undefined }

export function sees(who: Seer, row: Seen): boolean {
  const sameOutlet = who.outletId === null || row.outletId === null || row.outletId === who.outletId
  const isMine = who.id !== null && (row.responsibleId === who.id || row.specialistId === who.id)
  return sameOutlet && (who.seesAll || (who.seesUnled && row.responsibleId === null) || isMine)
}

/** Aliases of the tables whose rows belong to somebody, and the columns that say to whom. */
const handsOf = { l: ['responsible_id'], d: ['responsible_id', 'specialist_id'], p: ['responsible_id', 'specialist_id'] } as const

/** The same in SQL text for prepared statements, of leads `l`, deals `d` or persons `p`; parameters `$n` outlet, `$n+1` sees all (null: not even what nobody leads), `$n+2` employee (see `seerValues`). */
export const seenText = (alias: keyof typeof handsOf, n: number): string =>
  `($${n}::uuid is null or ${alias}.outlet_id is null or ${alias}.outlet_id = $${n}::uuid) and ($${n + 1}::boolean or (${alias}.responsible_id is null and $${n + 1}::boolean is not null) or ${handsOf[alias].map((column) => `${alias}.${column} = $${n + 2}::uuid`).join(' or ')})`
export const seerValues = (who: Seer): [string | null, boolean | null, string | null] => [who.outletId, who.seesAll || (who.seesUnled ? false : null), who.id]

/** What the predicate needs to know of a person, as columns of `persons p`, and read from such a row. */
export const personHands = 'p.outlet_id, p.responsible_id, p.specialist_id'
export const handsFrom = (row: Record<string, unknown>): Seen => ({
  outletId: row.outlet_id as string | null,
  responsibleId: row.responsible_id as string | null,
  specialistId: row.specialist_id as string | null,
})
