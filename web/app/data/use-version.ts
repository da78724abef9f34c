import { useState } from 'react'
import { ApiError } from '../../../contract/call.ts'
import { useWords } from '../language.tsx'

/** A value of a contract as it is; a dash where there is none. */
export const plainly = (value: unknown): string => (value === null || value === undefined ? '—' : String(value as string | number | boolean))

/**
 * Saves with the version that was read. When somebody was faster, the refusal says what they wrote, the form keeps what is typed here,
 * and the next attempt goes over theirs knowingly. `labels` name the fields that are told, `say` words their codes.
 */
export function useVersion(first: number, labels: Readonly<Record<string, string>>, say: (field: string, value: unknown) => string = (_, value) => plainly(value)) {
  const { identity } = useWords()
  const [version, setVersion] = useState(first)
  const saving = async <T>(save: (version: number) => Promise<T>): Promise<T> => {
    try {
      return await save(version)
    } catch (error) {
      const current = error instanceof ApiError && error.code === 'stale' ? (error.body.details?.current as Record<string, unknown> | undefined) : undefined
      if (!current) throw error
      setVersion(Number(current.version))
      throw new Error(
        identity.overwritten(
          Object.entries(labels)
            .filter(([field]) => field in current)
            .map(([field, label]) => `${label}: ${say(field, current[field])}`)
            .join('; '),
        ),
      )
    }
  }
  return saving
}
