import { z } from 'zod'

/** Every list has a limit and goes on by a cursor (keyset): opaque, made by the server. */
export const Paging = { limit: z.coerce.number().int().min(1).max(100).default(50), cursor: z.string().max(300).optional() }
export const page = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), nextCursor: z.string().nullable() })
