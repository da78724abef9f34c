import { z } from 'zod'
import { isUuid } from '../platform/ids.ts'
import { Refusal } from './refusal.ts'

/** The place after a row in a list ordered by (instant, id): opaque to the caller. */
export const cursorOf = (at: Date, id: string): string => Buffer.from(JSON.stringify([at.toISOString(), id])).toString('base64url')

const Place = z.tuple([z.iso.datetime(), z.string().refine(isUuid)])

/** Reads what `cursorOf` made; anything else is refused by name. */
export function fromCursor(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (cursor === undefined) return undefined
  try {
    const [at, id] = Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { at: new Date(at), id }
  } catch {
    throw new Refusal('invalid', { fields: [{ at: 'cursor', why: 'format' }] })
  }
}
