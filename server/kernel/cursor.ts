import { z } from 'zod'
import { isUuid } from '../platform/ids.ts'
import { invalid } from './refusal.ts'

/** Places in a list that go on from `Place`, opaque to the caller. What `of` did not make is refused by name. */
export const cursorFor = <Schema extends z.ZodType>(Place: Schema) => ({
  of: (place: z.output<Schema>): string => Buffer.from(JSON.stringify(place)).toString('base64url'),
  read: (cursor: string | undefined): z.output<Schema> | undefined => {
    if (cursor === undefined) return undefined
    try {
      return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    } catch {
      throw invalid('cursor', 'format')
    }
  },
})

const moments = cursorFor(z.tuple([z.iso.datetime(), z.string().refine(isUuid)]))

/** The place after a row in a list ordered by (instant, id). */
export const cursorOf = (at: Date, id: string): string => moments.of([at.toISOString(), id])

export function fromCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  const place = moments.read(cursor)
  return place && { at: new Date(place[0]), id: place[1] }
}

/** Of `limit + 1` rows that were read those of the page, and the place after them when there are more. */
export function pageOf<Row>(rows: readonly Row[], limit: number, placeOf: (row: Row) => readonly [at: Date, id: string]): { shown: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { shown, nextCursor: rows.length > limit && last ? cursorOf(...placeOf(last)) : null }
}
