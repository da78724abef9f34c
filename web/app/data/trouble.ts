import { useCallback } from 'react'
import { ApiError } from '../../../contract/call.ts'
import type { Trouble } from '../../ui/state.tsx'
import { useWords } from '../language.tsx'

/** Any error as people read it: what happened, what was saved, what to do, the code for support. */
export function useTrouble(): (error: unknown, retry?: () => void) => Trouble {
  const { shell } = useWords()
  return useCallback(
    (error, retry) => {
      const again = retry ? { retry } : {}
      if (!(error instanceof ApiError)) return { what: shell.failed, saved: shell.failedSaved, todo: shell.failedTodo, ...again }
      const isOurs = error.code === 'internal'
      return { what: error.message, requestCode: error.requestId, ...(isOurs ? { saved: shell.failedSaved, todo: shell.failedTodo } : {}), ...(error.code === 'forbidden' ? {} : again) }
    },
    [shell],
  )
}
