import { z } from 'zod'

/** What a record changed besides itself; kept with it, so that its undo gives exactly that back. */
export const Effects = z.object({
  took: z.object({ leadVersion: z.number(), responsibleId: z.string().nullable(), assignedBecause: z.string() }).optional(),
  isFirstContact: z.boolean().optional(),
  taskId: z.string().optional(),
  doneTaskId: z.string().optional(),
  /** Who leads the client since, and who did before. */
  hands: z.object({ before: z.string().nullable(), after: z.string() }).optional(),
})
export type Effects = z.output<typeof Effects>
