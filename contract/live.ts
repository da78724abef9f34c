import { z } from 'zod'

/** What the stream at /api/live speaks of. An event names what changed, never its content: whoever wants to see it asks again, with their own rights. */
export const liveKinds = ['lead', 'deal', 'person', 'test_drive', 'message', 'lead_file', 'task', 'session', 'request', 'stock', 'network_lead', 'mailing'] as const
export type LiveKind = (typeof liveKinds)[number]

/** One server-sent event: `data: {"kind":"lead","id":"…"}`. `id` is null when many rows changed at once. */
export const LiveEvent = z.object({ kind: z.enum(liveKinds), id: z.uuid().nullable() })
export type LiveEvent = z.output<typeof LiveEvent>
export const livePath = '/api/live'
