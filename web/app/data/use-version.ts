import { useState } from 'react'
import { ApiError } from '../../../contract/call.ts'
import { Overwritten, type Told } from '../../ui/draft.ts'

type Current = Readonly<Record<string, unknown>>

/** What stands there now, of a refusal to write over it; null of anything else. */
export const currentOf = (error: unknown): Current | null => (error instanceof ApiError && error.code === 'stale' ? ((error.body.details?.current as Current | undefined) ?? null) : null)

/**
 * Saves with the version that was read. When somebody was faster, the form shows what both have written and keeps what is typed here, and the next
 * attempt goes over theirs knowingly. `names` are the fields of the form that are told, `say` words their codes, `toDraft` makes the row into such fields.
 */
export function useVersion(
  first: number,
  names: Told['names'],
  say: Told['say'] = () => undefined,
  toDraft: (current: Current) => Current | Promise<Current> = (current) => current,
) {
  const [version, setVersion] = useState(first)
  return async <T>(save: (version: number) => Promise<T>): Promise<T> => {
    try {
      return await save(version)
    } catch (error) {
      const current = currentOf(error)
      if (!current) throw error
      const theirs = await toDraft(current)
      // Only whoever is shown theirs may go over it.
      setVersion(Number(current.version))
      throw new Overwritten(theirs, { names, say })
    }
  }
}
