import { z } from 'zod'
import { NetworkQuery } from '../../../contract/dnm/network-lead.ts'

/** The address of the tray: which requests, and which one is open. A part that cannot be read is left out, so an old link still opens the tray. */
const parts = { ...NetworkQuery.shape, view: NetworkQuery.shape.view.unwrap(), lead: z.uuid() }
export type NetworkSearch = Partial<z.output<typeof NetworkQuery>> & { lead?: string | undefined }

export function readNetworkSearch(search: Record<string, unknown>): NetworkSearch {
  const read = Object.entries(parts).flatMap(([name, part]) => {
    const { data } = part.safeParse(search[name])
    return data === undefined || (name === 'view' && data === 'open') ? [] : [[name, data] as const]
  })
  return Object.fromEntries(read) as NetworkSearch
}
