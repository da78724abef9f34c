import { z } from 'zod'
import { get } from '../endpoint.ts'

const Check = z.object({ isOk: z.boolean(), tookMs: z.number() })

/** How the installation is, as the process that answers sees it. Numbers only, nothing of anybody. */
export const Health = z.object({
  version: z.string(),
  startedAt: z.iso.datetime(),
  /** Of the answering process, bytes. */
  memoryBytes: z.number().int(),
  /** Share of time in which its event loop was busy since the start, 0 to 1. */
  busyShare: z.number(),
  database: Check.extend({ bytes: z.number().int().nullable(), connections: z.number().int().nullable(), version: z.string().nullable() }),
  vault: Check,
  /** The log of the asker's own company: how many signed heads, the newest, and whether something waits to be sealed for more than a minute. */
  log: z.object({ heads: z.number().int(), newestAt: z.iso.datetime().nullable(), events: z.number().int(), isBehind: z.boolean() }),
})
export type Health = z.output<typeof Health>

export const health = {
  show: get('/health', { can: 'health.read', summary: 'How the installation is: database, vault, log, memory', input: z.object({}), output: Health }),
}
