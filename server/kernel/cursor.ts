import { z } from 'zod'
import { isUuid } from '../platform/ids.ts'
import { invalid } from './refusal.ts'

/** The place after a row in a list ordered by (instant, id): opaque to the caller. */
export const cursorOf = (at: Date, id: string): string => Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

/** Of `limit + 1` rows that were read those of the page, and the place after them when there are more. */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => readonly [at: Date, id: string]): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextCursor: rows.length > limit && last ? cursorOf(...placeOf(last)) : null }
}

const Place = z.tuple([z.iso.datetime(), z.string().refine(isUuid)])

/** Reads what `cursorOf` made; anything else is refused by name. */
export function fromCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch {
    throw invalid('cursor', 'format')
  }
}
