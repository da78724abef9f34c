import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { ApiError, call } from '../../../contract/call.ts'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { LiveKind } from '../../../contract/live.ts'
import { toast } from '../../ui/toast.tsx'
import { useWords } from '../language.tsx'
import { withProof } from '../session/proof.tsx'
import { keyOf } from './ask.ts'
import { invalidateKinds } from './live.ts'

/** A change shown at once to an answer in the cache, and taken back when the server refuses. */
export type Optimistic<Input> = { of: Endpoint; input?: unknown; change: (old: never, input: Input) => unknown }
type Options<Input, Output> = {
  /** Asked again afterwards, before the server's own event arrives. */
  changes?: readonly LiveKind[]
  optimistic?: readonly Optimistic<Input>[]
  done?: (output: Output, input: Input) => void
  /** The form or the board shows the refusal itself. */
  isQuiet?: boolean
}

/**
 * An act: `const take = useAct(leads.take, { changes: ['lead'] })` … `take.run({ leadId })`.
 * A refusal becomes a toast with "try again", which repeats the same act under the same idempotency key. `run` throws it too.
 */
export function useAct<I extends z.ZodType, O extends z.ZodType>(endpoint: Endpoint<I, O>, options: Options<z.input<I>, z.output<O>> = {}) {
  const [client, words] = [useQueryClient(), useWords()]
  const { changes = [], optimistic = [], done, isQuiet = false } = options
  type Try = { input: z.input<I>; idempotencyKey: string }
  const mutation = useMutation({
    mutationFn: ({ input, idempotencyKey }: Try) => withProof(() => call(endpoint, input, { idempotencyKey })),
    onMutate: async ({ input }: Try) => {
      const undo: (() => void)[] = []
      for (const { of, input: asked, change } of optimistic) {
        const queryKey = keyOf(of, asked)
        await client.cancelQueries({ queryKey })
        const before = client.getQueriesData({ queryKey })
        client.setQueriesData({ queryKey }, (old: unknown) => (old === undefined ? old : change(old as never, input)))
        undo.push(() => before.forEach(([key, data]) => client.setQueryData(key, data)))
      }
      return { undo }
    },
    onSuccess: (output, { input }) => done?.(output, input),
    onError: (error, attempt, context) => {
      for (const back of context?.undo ?? []) back()
      if (isQuiet || (error instanceof ApiError && error.code === 'not_signed_in')) return
      const isWorthIt = error instanceof ApiError && ['unavailable', 'internal', 'too_many'].includes(error.code)
      toast.failed(error.message, { code: error instanceof ApiError ? error.requestId : undefined, ...(isWorthIt ? { retry: { label: words.ui.retry, run: () => mutation.mutate(attempt) } } : {}) })
    },
    onSettled: () => {
      for (const { of, input } of optimistic) void client.invalidateQueries({ queryKey: keyOf(of, input) })
      void invalidateKinds(client, changes)
    },
  })
  return {
    /** Resolves with the answer; throws ApiError. */
    run: (input: z.input<I>): Promise<z.output<O>> => mutation.mutateAsync({ input, idempotencyKey: crypto.randomUUID() }),
    /** The same for a click that waits for nothing: the refusal is told by the toast. */
    fire: (input: z.input<I>): void => mutation.mutate({ input, idempotencyKey: crypto.randomUUID() }),
    isBusy: mutation.isPending,
    error: mutation.error,
  }
}
