import type { z } from 'zod'
import type { Right } from './permissions.ts'
import type { Purpose } from './purposes.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/**
 * One thing the server can be asked. Both sides read the same line; nothing is generated.
 * - `can`: the right it needs; `anyone`: no session (sign-in, health); `signed_in`: any member of staff.
 * - `purpose`: declared by every act that touches people; goes to the vault and into the log.
 * - `personal`: the answer shows people, so it is never kept for idempotent replay (the act is run again instead).
 * - `shownOnce`: the answer holds a secret that cannot be shown again (a key, recovery codes): it is kept sealed for ten minutes, for a caller whom it did not reach.
 * - `secrets`: fields of the body (passwords, codes) that go into nothing that is kept, not even the hash of an idempotency key.
 * - `dangerous`: asks for the password again when the last proof is older than ten minutes.
 * - `accepts`: the body is not JSON but bytes of one of these content types, handed to the input as `body` (at most `maxBytes`);
 *   with `isStreamed` it is an Upload (contract/upload.ts), read only after it is known who sends it, and never held whole.
 * - `evenClosed`: of a company's site; answered also when its site is closed to visitors (a "no" to what was sent before).
 * Path parameters (`:leadId`), query and JSON body are one input; the path wins.
 */
export type Endpoint<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  method: Method
  path: `/${string}`
  can: Right | 'anyone' | 'signed_in'
  purpose?: Purpose
  personal?: true
  shownOnce?: true
  dangerous?: true
  secrets?: readonly string[]
  accepts?: { types: readonly string[]; maxBytes: number; isStreamed?: true }
  evenClosed?: true
  summary: string
  input: I
  output: O
}

type Rest<I extends z.ZodType, O extends z.ZodType> = Omit<Endpoint<I, O>, 'method' | 'path'>

const on =
  (method: Method) =>
  <I extends z.ZodType, O extends z.ZodType>(path: `/${string}`, rest: Rest<I, O>): Endpoint<I, O> => ({ method, path, ...rest })

export const get = on('GET')
export const post = on('POST')
export const patch = on('PATCH')
export const del = on('DELETE')

/** Shows people and changes nothing but the log, though it is asked by POST so that nothing personal lies in an address. May be repeated without an idempotency key. */
export const isLook = ({ method, personal, shownOnce }: Pick<Endpoint, 'method' | 'personal' | 'shownOnce'>): boolean => method === 'POST' && personal === true && !shownOnce
