import { QueryClient } from '@tanstack/react-query'

/** `call` itself asks again where it does no harm, so nothing is retried twice. What is shown is fresh for ten seconds; live events say when it is not. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: false, staleTime: 10_000, gcTime: 5 * 60_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
})
