import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../../contract/call.ts'
import { deals } from '../../../../contract/crm/deal.ts'
import type { Masked } from '../../../../contract/people/person.ts'

export type Name = z.output<typeof Masked> | null
const MOST = 200

/**
 * Masked people of the cards on the screen. Each card is asked for once while the board is open: every look is on the record, and a board that
 * moves all day must not show everybody anew. Undefined while it is not known yet; null for whoever may not be shown.
 */
export function useDealNames(dealIds: readonly string[]): (dealId: string) => Name | undefined {
  const [known] = useState(() => new Map<string, Name>())
  const missing = dealIds
    .filter((id) => !known.has(id))
    .sort()
    .slice(0, MOST)
  useQuery({
    queryKey: ['deal-names', missing],
    enabled: missing.length > 0,
    staleTime: Infinity,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const { names } = await call(deals.names, { dealIds: missing }, { signal })
      const found = new Map(names.map(({ dealId, masked }) => [dealId, masked]))
      for (const id of missing) known.set(id, found.get(id) ?? null)
      return known.size
    },
  })
  return (dealId) => known.get(dealId)
}
