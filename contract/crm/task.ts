import { z } from 'zod'
import { After } from '../after.ts'
import { get, patch, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Masked } from '../people/person.ts'

export const taskKinds = ['call', 'meet', 'send_offer', 'prepare_papers', 'other'] as const
export type TaskKind = (typeof taskKinds)[number]
/** `day`: open and due before the end of today in the outlet's zone, the overdue first; `open`: all that is open; `done`: newest first. */
export const taskViews = ['day', 'open', 'done'] as const
export type TaskView = (typeof taskViews)[number]

export const Task = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  leadId: z.uuid().nullable(),
  dealId: z.uuid().nullable(),
  kind: z.enum(taskKinds),
  responsibleId: z.uuid(),
  dueAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  isOverdue: z.boolean(),
  version: z.number().int(),
})
export type Task = z.output<typeof Task>
export const TaskRow = Task.extend({ masked: Masked.nullable() })
export type TaskRow = z.output<typeof TaskRow>

export const TaskDraft = z.object({
  personId: z.uuid(),
  leadId: z.uuid().nullable().default(null),
  dealId: z.uuid().nullable().default(null),
  kind: z.enum(taskKinds),
  dueAt: z.iso.datetime({ offset: true }),
  /** Whoever asks, when left out. */
  responsibleId: z.uuid().optional(),
})

const Versioned = z.object({ taskId: z.uuid(), version: z.number().int() })

export const tasks = {
  list: get('/tasks', {
    can: 'person.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'My day, or the next steps with one client, or those of a colleague; masked',
    input: z.object({ ...Paging, view: z.enum(taskViews).default('day'), personId: z.uuid().optional(), responsibleId: z.uuid().optional() }),
    output: page(TaskRow),
  }),
  counts: get('/tasks/counts', {
    can: 'person.read',
    summary: 'How much of my day is overdue and still to come',
    input: z.object({}),
    output: z.object({ overdue: z.number().int(), today: z.number().int() }),
  }),
  create: post('/tasks', { can: 'task.edit', purpose: 'request_handling', summary: 'Plan the next step with a client', input: TaskDraft, output: After }),
  move: patch('/tasks/:taskId', {
    can: 'task.edit',
    purpose: 'request_handling',
    summary: 'Move a task to another time or colleague',
    input: Versioned.extend({ dueAt: z.iso.datetime({ offset: true }).optional(), responsibleId: z.uuid().optional() }),
    output: After,
  }),
  done: post('/tasks/:taskId/done', { can: 'task.edit', purpose: 'request_handling', summary: 'The step is done', input: Versioned, output: After }),
  undo: post('/tasks/:taskId/undo', { can: 'task.edit', purpose: 'request_handling', summary: 'It is not done after all', input: Versioned, output: After }),
}
