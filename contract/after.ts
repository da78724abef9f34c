import { z } from 'zod'

/** What a row is after an act: whoever changes it next says this version. */
export const After = z.object({ id: z.uuid(), version: z.number().int() })
