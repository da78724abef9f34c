import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Reply, type Stage } from '../../../test/stage.ts'
import { hashPassword } from '../sessions/passwords.ts'

type Row = { id: string; personId: string; name: string; state: string; version: number }
type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[] }
const password = 'длинная фраза для входа'
const named = { surname: 'лебедева', given: 'Вера', patronymic: 'Павловна' }
let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

const rowOf = async (who: Person, id: string): Promise<Row> =>
  (await who.get<{ rows: Row[] }>('/staff?view=all&limit=100')).body.rows.find((row) => row.id === id) ?? assert.fail('not in the directory')
const emailOf = ({ employeeId }: Person): string => `seller.${employeeId.slice(0, 8)}@staff.example`
const enter = (email: string): Promise<Reply<Refused>> => house.stranger.post('/sign-in', { email, password })
const plainly = ({ status, body }: Reply<Refused>): unknown => [status, { ...body, requestId: '' }]
const lettersTo = async ({ tenantId }: { tenantId: string }): Promise<number> =>
  (
    await house.owner.query(
      `select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail' and j.payload->>'tenantId' = $1`,
      [tenantId],
    )
  ).rows.length

test('a misspelt name is put right, and who bears it works on', async () => {
  const [chief, vera] = [await house.hire('administrator'), await house.hire('seller')]
  await house.owner.query('update accounts set password_hash = $1', [await hashPassword(password)])
  const before = await rowOf(chief, vera.employeeId)
  const reply = await chief.patch<{ version: number }>(`/staff/${vera.employeeId}/person`, { ...named, email: emailOf(vera), version: before.version })
  assert.deepEqual([reply.status, reply.body.version], [200, before.version + 1], JSON.stringify(reply.body))
  assert.deepEqual([(await rowOf(chief, vera.employeeId)).name, (await rowOf(chief, vera.employeeId)).state], ['Лебедева Вера', 'active'])
  assert.equal((await vera.get<{ name: string }>('/me')).body.name, 'Лебедева Вера')
  assert.equal((await enter(emailOf(vera))).status, 200)
  const [said] = await house.events(chief.dealer, 'staff.corrected')
  assert.deepEqual([said?.personIds, said?.details], [[before.personId], { emailChanged: false }])
})

test('another e-mail is proved by a letter before it lets anybody in; the old one lets nobody in any more', async () => {
  const [chief, vera] = [await house.hire('administrator'), await house.hire('seller')]
  await house.owner.query('update accounts set password_hash = $1', [await hashPassword(password)])
  const [{ version }, letters] = [await rowOf(chief, vera.employeeId), await lettersTo(chief.dealer)]
  const email = `vera.${randomUUID().slice(0, 8)}@work.example`
  assert.equal((await chief.patch(`/staff/${vera.employeeId}/person`, { ...named, email, version })).status, 200)
  assert.equal((await vera.get('/me')).status, 401, 'her session is over')
  assert.deepEqual([(await enter(emailOf(vera))).status, (await enter(email)).status], [401, 401])
  assert.deepEqual([(await rowOf(chief, vera.employeeId)).state, await lettersTo(chief.dealer)], ['invited', letters + 1])
})

test('the last administrator does not lock the company out, and an address that works here already is taken', async () => {
  const chief = await house.hire('administrator', { dealer: await house.dealer() })
  const vera = await house.hire('seller', { dealer: chief.dealer })
  const own = await rowOf(chief, chief.employeeId)
  const away = await chief.patch<Refused>(`/staff/${chief.employeeId}/person`, { ...named, email: 'elsewhere@work.example', version: own.version })
  assert.deepEqual([away.status, away.body.error], [409, 'last_administrator'])
  const taken = await chief.patch<Refused>(`/staff/${vera.employeeId}/person`, { ...named, email: `administrator.${chief.employeeId.slice(0, 8)}@staff.example`, version: 1 })
  assert.deepEqual([taken.status, taken.body.fields?.[0]?.at], [409, 'email'])
})

test('nobody, the wrong role, a stranger, an old version and a wrong field change nothing', async () => {
  const [chief, vera] = [await house.hire('administrator'), await house.hire('seller')]
  const stranger = await house.hire('administrator', { dealer: await house.dealer('Чужой') })
  const change = { ...named, email: emailOf(vera), version: 1 }
  const address = `/staff/${vera.employeeId}/person`
  assert.equal((await house.stranger.patch(address, change)).status, 401)
  assert.equal((await vera.patch(address, change)).status, 403)
  assert.deepEqual(plainly(await stranger.patch(address, change)), plainly(await stranger.patch(`/staff/${randomUUID()}/person`, change)))
  assert.equal((await chief.patch(address, { ...change, version: 7 })).status, 409)
  assert.deepEqual((await chief.patch<Refused>(address, { ...change, surname: '123' })).body.fields?.[0]?.at, 'surname')
  assert.deepEqual((await chief.patch<Refused>(address, { ...change, email: 'nobody' })).body.fields?.[0]?.at, 'email')
})
