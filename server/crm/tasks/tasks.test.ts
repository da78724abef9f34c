import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Row = { id: string; personId: string; isOverdue: boolean; version: number; masked: { name: string } | null; dueAt: string; doneAt: string | null; responsibleId: string }
type After = { id: string; version: number }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)
let phones = 0
const aClient = async (who: Person): Promise<string> => {
  const { body } = await who.post<{ id: string }>('/persons', {
    contact: { fullName: 'Орлова Нина', phones: [`+7 999 300 ${String(++phones).padStart(4, '0')}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  return body.id
}
const inHours = (hours: number): string => new Date(house.clock.now.getTime() + hours * 3_600_000).toISOString()

test('my day begins with what is overdue, shows people masked and ends at midnight of the outlet', async () => {
  const anna = await house.hire('operator')
  const personId = await aClient(anna)
  const soon = await anna.post<After>('/tasks', { personId, kind: 'call', dueAt: inHours(0.001) })
  assert.equal(soon.status, 200, JSON.stringify(soon.body))
  const late = await anna.post<After>('/tasks', { personId, kind: 'meet', dueAt: inHours(-30) })
  const later = await anna.post<After>('/tasks', { personId, kind: 'call', dueAt: inHours(49) })
  const day = await anna.get<{ rows: Row[] }>('/tasks')
  assert.deepEqual(day.body.rows.map(({ id, isOverdue }) => [id, isOverdue])[0], [late.body.id, true])
  assert.ok(!day.body.rows.some(({ id }) => id === later.body.id), 'the day after tomorrow is not today')
  assert.deepEqual(day.body.rows[0]?.masked?.name, 'Орлова Н.')
  const all = await anna.get<{ rows: Row[]; nextCursor: string }>('/tasks?view=open&limit=2')
  assert.deepEqual(
    all.body.rows.map(({ id }) => id),
    [late.body.id, soon.body.id],
  )
  const rest = await anna.get<{ rows: Row[]; nextCursor: null }>(`/tasks?view=open&limit=2&cursor=${all.body.nextCursor}`)
  assert.deepEqual([rest.body.rows.map(({ id }) => id), rest.body.nextCursor], [[later.body.id], null])
  const counts = await anna.get<{ overdue: number }>('/tasks/counts')
  assert.equal(counts.body.overdue >= 1, true)
})

test('a step is moved, done and reopened; each leaves its event, and a lost update is refused', async () => {
  const anna = await house.hire('operator')
  const boris = await house.hire('operator')
  const personId = await aClient(anna)
  const { body: task } = await anna.post<After>('/tasks', { personId, kind: 'call', dueAt: inHours(1) })
  house.clock.forward(5)
  const moved = await anna.patch<After>(`/tasks/${task.id}`, { version: 1, dueAt: inHours(5), responsibleId: boris.employeeId })
  assert.deepEqual([moved.status, moved.body.version], [200, 2], JSON.stringify(moved.body))
  const silent = await anna.patch<{ fields: unknown }>(`/tasks/${task.id}`, { version: 2 })
  assert.deepEqual([silent.status, silent.body.fields], [422, [{ at: 'dueAt', why: 'nothing_to_change' }]])
  const lost = await anna.patch<{ error: string; details: { current: { version: number } } }>(`/tasks/${task.id}`, { version: 1, dueAt: inHours(9) })
  assert.deepEqual([lost.status, lost.body.error, lost.body.details.current.version], [409, 'stale', 2])
  house.clock.forward(5)
  const done = await boris.post<After>(`/tasks/${task.id}/done`, { version: 2 })
  assert.equal(done.status, 200)
  assert.equal((await boris.post(`/tasks/${task.id}/done`, { version: 3 })).status, 409)
  const finished = await boris.get<{ rows: Row[] }>('/tasks?view=done')
  assert.deepEqual(
    finished.body.rows.map(({ id }) => id),
    [task.id],
  )
  house.clock.forward(5)
  assert.equal((await boris.post(`/tasks/${task.id}/undo`, { version: 3 })).status, 200)
  const said = (await house.events(anna.dealer)).filter(({ objectId }) => objectId === task.id).map(({ event }) => event)
  assert.deepEqual(said, ['task.created', 'task.edited', 'task.done', 'task.reopened'])
})

test('a seller does not see the steps of a colleague’s client', async () => {
  const [ivan, oleg] = [await house.hire('seller'), await house.hire('seller')]
  const personId = await aClient(ivan)
  const { body: task } = await ivan.post<After>('/tasks', { personId, kind: 'call', dueAt: inHours(1) })
  const his = await oleg.post<{ requestId?: string }>(`/tasks/${task.id}/done`, { version: 1 })
  const nothing = await oleg.post<{ requestId?: string }>(`/tasks/${randomUUID()}/done`, { version: 1 })
  assert.deepEqual([his.status, { ...his.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  const list = await oleg.get<{ rows: Row[] }>(`/tasks?view=open&personId=${personId}`)
  assert.deepEqual(list.body.rows, [])
})

test('refusals name what is wrong', async () => {
  const anna = await house.hire('operator')
  const personId = await aClient(anna)
  const draft = { personId, kind: 'call', dueAt: inHours(1) }
  assert.equal((await house.stranger.post('/tasks', draft)).status, 401)
  assert.equal((await (await house.hire('lead_desk')).post('/tasks', draft)).status, 403)
  const when = await anna.post<{ fields: { at: string }[] }>('/tasks', { ...draft, dueAt: 'завтра' })
  assert.deepEqual([when.status, when.body.fields[0]?.at], [422, 'dueAt'])
  const who = await anna.post<{ fields: { at: string }[] }>('/tasks', { ...draft, responsibleId: randomUUID() })
  assert.deepEqual([who.status, who.body.fields[0]?.at], [422, 'responsibleId'])
  const what = await anna.post<{ fields: { at: string }[] }>('/tasks', { ...draft, leadId: randomUUID() })
  assert.deepEqual([what.status, what.body.fields[0]?.at], [422, 'leadId'])
})
