/** Whoever was given the data of somebody destroyed is told, and the act says of each whether they have heard (152-ФЗ art. 20 ч.3, 21 ч.3; order РКН 179). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import type { DestructionAct } from '../../../contract/privacy/destruction.ts'
import { openDealerPush, type DealerPush } from '../../../test/fakes/dealer-push.ts'
import { pdfText, says } from '../../../test/pdf-text.ts'
import type { Person } from '../../../test/stage.ts'
import { recordDisclosure } from '../../people/index.ts'
import { week } from '../dealers/some-hours-fixture.ts'
import { ask, closeNetwork, look, ok, openNetwork, type NetworkStage } from '../network-stage.ts'

type Act = z.output<typeof DestructionAct>
type Notice = { id: number; because: string }
let at: NetworkStage
let theirs: DealerPush
/** Systems of two dealers who are no companies of this platform: Don is sent to, Kama polls. */
let kama: Person
const outlets = { don: '', kama: '' }
before(async () => {
  ;[at, theirs] = [await openNetwork(), await openDealerPush()]
  const don = await ok(at.timur.post<{ id: string; version: number }>('/network/dealers', { code: 'don', name: 'Дон-Моторс', delivery: 'push', pushUrl: theirs.url }))
  theirs.secret = (await ok(at.timur.post<{ secret: string }>(`/network/dealers/${don.id}/secret`, { version: don.version }))).secret
  outlets.don = await openOutlet(don.id)
  const made = await ok(at.timur.post<{ id: string; version: number }>('/network/dealers', { code: 'kama', name: 'Кама-Авто', delivery: 'poll' }))
  outlets.kama = await openOutlet(made.id)
  const { token } = await ok(at.timur.post<{ token: string }>(`/network/dealers/${made.id}/key`, { version: made.version }))
  const headers = { authorization: `Bearer ${token}` }
  kama = { ...at.house.stranger, get: (path) => at.house.stranger.get(path, headers) }
})
after(async () => {
  await theirs.close()
  await closeNetwork()
})

async function openOutlet(dealerId: string): Promise<string> {
  const place = { name: 'Салон', city: 'Казань', address: 'г. Казань, пр. Победы, 1', timeZone: 'Europe/Moscow', hours: week }
  return (await ok(at.timur.post<{ id: string }>(`/network/dealers/${dealerId}/outlets`, place))).id
}
/** Somebody whose request was handed to this outlet's dealer. */
async function handed(networkOutletId: string): Promise<{ leadId: string; personId: string; number: number }> {
  const { leadId, number } = await ask(at, { networkOutletId })
  await at.settle()
  await kama.get('/lms/request?status=1')
  const { personId, transfers } = await look(at.ulyana, leadId)
  assert.equal(transfers[0]?.state, 'done')
  return { leadId, personId: personId ?? '', number }
}
/** Yulia destroys them: nothing holds them any more. */
async function destroy(personId: string): Promise<string> {
  await at.house.owner.query(`update grounds set ended_at = $2, ended_reason = 'purpose_reached' where person_id = $1`, [personId, at.house.clock.now])
  return (await ok(at.yulia.post<{ actId: string }>(`/persons/${personId}/destroy`))).actId
}
const recipientsOf = async (actId: string): Promise<[string, number | null, string | null][]> =>
  (await ok(at.yulia.get<Act>(`/destructions/${actId}`))).recipients.map(({ name, number, toldAt, how }) => [name, number, toldAt && how])
const printed = async (actId: string, form: 'act' | 'journal'): Promise<string> =>
  pdfText(Buffer.from((await ok(at.yulia.get<{ base64: string }>(`/destructions/${actId}/pdf?form=${form}`))).base64, 'base64'))

test('a dealer who works here has heard when their own CRM has taken the notice in, and not before', async () => {
  const { personId, number } = await handed(at.zvezda.outletId)
  const actId = await destroy(personId)
  assert.deepEqual(await recipientsOf(actId), [['Звезда', number, null]])
  await at.settle()
  assert.deepEqual(await recipientsOf(actId), [['Звезда', number, 'here']])
})

test('a dealer whose system is sent to has heard when that has answered', async () => {
  const { personId, number } = await handed(outlets.don)
  const deaf = await handed(outlets.don)
  const actId = await destroy(personId)
  await at.settle()
  assert.deepEqual(await recipientsOf(actId), [['Дон-Моторс', number, 'push']])
  theirs.answers = [500]
  const unheard = await destroy(deaf.personId)
  await at.settle()
  assert.deepEqual(await recipientsOf(unheard), [['Дон-Моторс', deaf.number, null]])
})

test('a dealer who only polls is not told until their system has fetched the notice, and the act says so in words', async () => {
  const { leadId, personId, number } = await handed(outlets.kama)
  const actId = await destroy(personId)
  await at.settle()
  for (const status of [1, 2, 3]) await kama.get(`/lms/request?status=${status}`)
  assert.deepEqual(await recipientsOf(actId), [['Кама-Авто', number, null]], 'that a request is not in a list tells nobody why')
  for (const form of ['act', 'journal'] as const)
    assert.ok(says(await printed(actId, form), `Кама-Авто, обращение № ${number}: ещё не уведомлён; уведомление поставлено 17 марта 2027 г.`), form)
  const notices = await ok(kama.get<Notice[]>('/lms/notice'))
  assert.deepEqual(
    notices.map(({ id, because }) => [id, because]),
    [[number, 'destroyed']],
  )
  assert.deepEqual(await recipientsOf(actId), [['Кама-Авто', number, 'poll']])
  assert.ok(says(await printed(actId, 'act'), `Кама-Авто, обращение № ${number}: уведомлён 17 марта 2027 г., его система забрала уведомление`))
  assert.equal((await ok(kama.get<Notice[]>('/lms/notice'))).length, 1, 'fetched again it is there again')
  const noted = (await at.house.events(at.veltara, 'network_lead.notified')).filter(({ objectId }) => objectId === leadId)
  assert.deepEqual(
    noted.map(({ details }) => [details.what, details.isDelivered]),
    [['destroyed', true]],
  )
})

test('a polling dealer also fetches what was corrected, and nobody fetches another dealer’s notices', async () => {
  const { personId, number } = await handed(outlets.kama)
  const others = await handed(outlets.don)
  for (const id of [personId, others.personId]) await at.house.job(at.veltara, 'destroy-due', async (ctx) => ctx.emit('recipients-told', { personId: id, what: 'corrected' }))
  await at.settle()
  const notices = await ok(kama.get<Notice[]>('/lms/notice'))
  assert.deepEqual(
    notices.filter(({ because }) => because === 'corrected').map(({ id }) => id),
    [number],
  )
})

test('whom no message reaches Yulia tells by letter and records it in the act, once; what was confirmed stays', async () => {
  const { personId, number } = await handed(at.zvezda.outletId)
  await at.house.job(at.veltara, 'mail', (ctx) => recordDisclosure(ctx, { personId, recipientName: 'ООО «Страховая»', basis: 'consent', what: ['contact'] }))
  const actId = await destroy(personId)
  await at.settle()
  assert.deepEqual(await recipientsOf(actId), [
    ['ООО «Страховая»', null, null],
    ['Звезда', number, 'here'],
  ])
  const { recipients } = await ok(at.yulia.get<Act>(`/destructions/${actId}`))
  const [insurer, zvezda] = recipients.map(({ id }) => `/destructions/${actId}/recipients/${id}/told`)
  assert.equal((await at.ulyana.post(insurer ?? '')).status, 403)
  await ok(at.yulia.post(insurer ?? ''))
  for (const path of [insurer, zvezda]) {
    const again = await at.yulia.post<{ details: { state: string } }>(path ?? '')
    assert.deepEqual([again.status, again.body.details?.state], [409, 'told'])
  }
  assert.deepEqual((await recipientsOf(actId)).map(([, , how]) => how).toSorted(), ['by_hand', 'here'])
  assert.equal((await at.house.events(at.veltara, 'destruction.told')).length, 1)
})
