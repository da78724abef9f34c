import { z } from 'zod'

/** What a record changed besides itself; kept with it, so that its undo gives exactly that back. */
export const Effects = z.object({
  took: z.object({ leadVersion: z.number(), responsibleId: z.string().nullable(), assignedBecause: z.string() }).optional(),
  isFirstContact: z.boolean().optional(),
  taskId: z.string().optional(),
  doneTaskId: z.string().optional(),
  ledPerson: z.boolean().optional(),
})
export type Effects = z.output<typeof Effects>
