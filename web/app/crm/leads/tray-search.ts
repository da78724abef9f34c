import { z } from 'zod'
import { LeadQuery } from '../../../../contract/crm/lead.ts'

/** The address of the tray: which leads, and which one is open. A part that cannot be read is left out, so an old link still opens the tray. */
const parts = { ...LeadQuery.shape, view: LeadQuery.shape.view.unwrap(), lead: z.uuid() }
export type TraySearch = Partial<z.output<typeof LeadQuery>> & { lead?: string | undefined }

export function readTraySearch(search: Record<string, unknown>): TraySearch {
  const read = Object.entries(parts).flatMap(([name, part]) => {
    const { data } = part.safeParse(search[name])
    return data === undefined || (name === 'view' && data === 'open') ? [] : [[name, data] as const]
  })
  return Object.fromEntries(read) as TraySearch
}
