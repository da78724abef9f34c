import { type QueryKey, keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { z } from 'zod'
import { call, type CallOptions } from '../../../contract/call.ts'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { LiveKind } from '../../../contract/live.ts'
import type { Rows } from '../../ui/data-table.tsx'
import { useTrouble } from './trouble.ts'

type Options = {
  /** Asked again when one of these changes somewhere. */
  live?: readonly LiveKind[]
  /** Not asked while false. */
  isOn?: boolean
  /** Milliseconds; for what may be a little old. */
  staleMs?: number
  /** Asked again by itself so often while on screen: for what changes by the passing of time alone. */
  everyMs?: number
}

/** The name of an answer in the cache: endpoint and input. For optimistic changes and tests. */
export const keyOf = (endpoint: Pick<Endpoint, 'method' | 'path'>, input?: unknown): QueryKey => (input === undefined ? [endpoint.method, endpoint.path] : [endpoint.method, endpoint.path, input])

const settings = ({ live = [], isOn = true, staleMs, everyMs }: Options) => ({
  enabled: isOn, meta: { live }, ...(staleMs === undefined ? {} : { staleTime: staleMs }), ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
})

/**
 * Asks and keeps asking: `const lead = useAsk(leads.get, { leadId }, { live: ['lead'] })`.
 * @returns `data`, `isLoading` and `trouble`, ready for `<ErrorState {...trouble} />`.
 */
export function useAsk<I extends z.ZodType, O extends z.ZodType>(endpoint: Endpoint<I, O>, input: z.input<I>, options: Options = {}) {
  const query = useQuery<z.output<O>>({ queryKey: keyOf(endpoint, input), queryFn: ({ signal }) => call(endpoint, input, { signal }), ...settings(options) })
  const troubleOf = useTrouble()
  const { refetch } = query
  return { data: query.data, isLoading: query.isLoading, isFetching: query.isFetching, trouble: query.error ? troubleOf(query.error, () => void refetch()) : null, refetch }
}

type PageOf<Row> = { rows: Row[]; nextCursor: string | null }
const mostRows = 5_000

/** A list that is needed as a whole, such as the colleagues of a choice: page after page, at most five thousand rows. */
export function useAll<Row, I extends z.ZodType, O extends z.ZodType<PageOf<Row>>>(endpoint: Endpoint<I, O>, input: z.input<I> & object, options: Options = {}): z.output<O>['rows'] | undefined {
  return useQuery({ queryKey: [...keyOf(endpoint, input), 'whole'], queryFn: ({ signal }) => askAll(endpoint, input, { signal }), ...settings(options) }).data
}

/** The same asked once, past what is remembered. */
export async function askAll<Row, I extends z.ZodType, O extends z.ZodType<PageOf<Row>>>(
  endpoint: Endpoint<I, O>,
  input: z.input<I> & object,
  options: CallOptions = {},
): Promise<z.output<O>['rows']> {
  const rows: Row[] = []
  for (let cursor: string | null = ''; cursor !== null && rows.length < mostRows; ) {
    const page: z.output<O> = await call(endpoint, { ...input, ...(cursor ? { cursor } : {}) }, options)
    rows.push(...page.rows)
    cursor = page.nextCursor
  }
  return rows
}

/** A list by pages (keyset): hand `data` to `DataTable`. The input is without `cursor`. */
export function usePages<Row, I extends z.ZodType, O extends z.ZodType<PageOf<Row>>>(endpoint: Endpoint<I, O>, input: z.input<I> & object, options: Options = {}): Rows<z.output<O>['rows'][number]> {
  const query = useInfiniteQuery({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ pageParam, signal }) => call(endpoint, { ...input, ...(pageParam ? { cursor: pageParam } : {}) }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: z.output<O>) => last.nextCursor,
    placeholderData: keepPreviousData,
    ...settings(options),
  })
  const troubleOf = useTrouble()
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage, isLoading } = query
  const rows = useMemo(() => (data?.pages ?? []).flatMap((page) => page.rows as z.output<O>['rows']), [data])
  return { rows, isLoading, trouble: error ? troubleOf(error, () => void refetch()) : null, hasMore: hasNextPage, isLoadingMore: isFetchingNextPage, loadMore: () => void fetchNextPage() }
}
