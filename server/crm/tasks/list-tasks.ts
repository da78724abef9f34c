import { tasks, type TaskView } from '../../../contract/crm/task.ts'
import { cursorOf, fromCursor, handle, seer } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { taskColumns, taskJoins, toTask, type TaskColumns } from './one-task.ts'

/** Midnight after `$n` where the asker works; staff of every outlet count by Moscow. */
const endOfDay = (n: number): string => `(select (date_trunc('day', $${n}::timestamptz at time zone z.zone) + interval '1 day') at time zone z.zone
  from (select coalesce((select o.time_zone from outlets o where o.tenant_id = $1 and o.id = $2), 'Europe/Moscow') zone) z)`

const filters = `t.tenant_id = $1 and ${seenText('p', 2)} and ($5::uuid is null or t.person_id = $5) and ($6::uuid is null or t.responsible_id = $6)`
const soonest = `and ($7::timestamptz is null or (t.due_at, t.id) > ($7, $8::uuid)) order by t.due_at, t.id limit $9`
const list = (view: TaskView, condition: string) => statement<TaskColumns>(`task_list_${view}`, `select ${taskColumns} from ${taskJoins} where ${filters} ${condition}`)
const statements: Record<TaskView, ReturnType<typeof list>> = {
  day: list('day', `and t.done_at is null and t.due_at < ${endOfDay(10)} ${soonest}`),
  open: list('open', `and t.done_at is null ${soonest}`),
  done: list('done', `and t.done_at is not null and ($7::timestamptz is null or (t.done_at, t.id) < ($7, $8::uuid)) order by t.done_at desc, t.id desc limit $9`),
}

/** My day when nobody else is named: the overdue come first because the order is by due time. */
export const listTasks = handle(tasks.list, async (ctx, { view, personId, responsibleId, cursor, limit }) => {
  const place = fromCursor(cursor)
  const whose = responsibleId ?? (personId ? null : ctx.actor.id)
  const values = [...seerValues(seer(ctx.actor, 'person.read_all')), personId ?? null, whose, place?.at ?? null, place?.id ?? null, limit + 1]
  const rows = await ctx.run(statements[view], view === 'day' ? [...values, ctx.now()] : values)
  const shown = rows.slice(0, limit)
  const people = await maskedPeople(
    ctx,
    shown.map((row) => row.personId),
  )
  const last = shown.at(-1)
  const behind = last && (view === 'done' ? last.doneAt : last.dueAt)
  return {
    rows: shown.map((row) => ({ ...toTask(row, ctx.now()), masked: people.get(row.personId) ?? null })),
    nextCursor: rows.length > limit && last && behind ? cursorOf(behind, last.id) : null,
  }
})

const counted = statement<{ overdue: number; today: number }>(
  'task_counts',
  `
  select count(*) filter (where t.due_at < $5)::int overdue, count(*) filter (where t.due_at >= $5)::int today
  from ${taskJoins} where t.tenant_id = $1 and t.responsible_id = $4 and t.done_at is null and t.due_at < ${endOfDay(5)} and ${seenText('p', 2)}`,
)

export const countTasks = handle(tasks.counts, async (ctx) => {
  const [counts] = await ctx.run(counted, [...seerValues(seer(ctx.actor, 'person.read_all')), ctx.now()])
  return counts ?? { overdue: 0, today: 0 }
})
