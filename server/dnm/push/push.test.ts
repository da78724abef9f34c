import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { PushLead } from '../../../contract/dnm/feedback.ts'
import { openDealerPush, type DealerPush } from '../../../test/fakes/dealer-push.ts'
import type { Person } from '../../../test/stage.ts'
import { week } from '../dealers/some-hours-fixture.ts'
import { ask, closeNetwork, later, look, ok, openNetwork, type NetworkStage } from '../network-stage.ts'
import { pausesSeconds } from './push-row.ts'
import { isInside, sendSigned } from './send-signed.ts'

let at: NetworkStage
let theirs: DealerPush
let answering: Person
let outletId: string
let dealerId: string
before(async () => {
  ;[at, theirs] = [await openNetwork(), await openDealerPush()]
  const made = await ok(at.timur.post<{ id: string; version: number }>('/network/dealers', { code: 'don', name: 'Дон-Моторс', delivery: 'push', pushUrl: theirs.url }))
  dealerId = made.id
  const secret = await ok(at.timur.post<{ secret: string; version: number }>(`/network/dealers/${dealerId}/secret`, { version: made.version }))
  theirs.secret = secret.secret
  const { token } = await ok(at.timur.post<{ token: string }>(`/network/dealers/${dealerId}/key`, { version: secret.version }))
  const { stranger } = at.house
  answering = { ...stranger, post: (path, body) => stranger.post(path, body, { authorization: `Bearer ${token}` }) }
  const place = { name: 'Дон', city: 'Ростов-на-Дону', address: 'г. Ростов-на-Дону, ул. Садовая, 2', timeZone: 'Europe/Moscow', hours: week }
  outletId = (await ok(at.timur.post<{ id: string }>(`/network/dealers/${dealerId}/outlets`, place))).id
})
after(async () => {
  await theirs.close()
  await closeNetwork()
})

test('a key or secret whose answer did not reach Timur is answered again, not made a second time', async () => {
  const made = await ok(at.timur.post<{ id: string; version: number }>('/network/dealers', { code: 'kama', name: 'Кама-Авто', delivery: 'push', pushUrl: theirs.url }))
  let { version } = made
  for (const what of ['secret', 'key'] as const) {
    const headers = { 'idempotency-key': `${what}-of-kama-1` }
    const asked = (): Promise<{ version: number }> => ok(at.timur.post<{ version: number }>(`/network/dealers/${made.id}/${what}`, { version }, headers))
    const first = await asked()
    assert.deepEqual(await asked(), first)
    version = first.version
  }
  const { rows } = await at.house.owner.query(`select response from idempotency_keys where key like '%-of-kama-1'`)
  assert.deepEqual(rows, [{ response: null }, { response: null }], 'kept sealed, not in plain')
})

test('a request goes to the dealer’s own system, signed, with both deadlines in UTC, and is handed over when that says so', async () => {
  const { leadId, number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const [pushed] = theirs.got
  assert.ok(pushed?.isSigned)
  const body = pushed.body as unknown as PushLead
  assert.deepEqual([body.lead_id, body.public_id, body.contact.last, body.comment], [leadId, number, 'Орлова', 'Хочу посмотреть в субботу'])
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([body.target_processing_date, body.target_first_contact_date], [lead.clocks?.take.dueAt, lead.clocks?.firstContact.dueAt])
  assert.match(body.target_processing_date, /Z$/)
  assert.deepEqual([lead.state, lead.transfers[0]?.state, lead.transfers[0]?.via, lead.transfers[0]?.id], ['received', 'done', 'push', pushed.deliveryId])
})

test('their feedback drives states and clocks; said twice it is one word, and who said it is kept nowhere', async () => {
  const { leadId } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const say = (status: number, more: object = {}) => answering.post<{ success: boolean; error: string | null }>('/network/feedback', { lead_id: leadId, status, ...more })
  assert.deepEqual(await ok(say(4, { responsible_user: 'Тайноваров Пётр' })), { success: true, error: null })
  assert.equal((await look(at.timur, leadId)).state, 'taken')
  await ok(say(36, { client_dms_id: 'РЛ-000123', status_comment: 'Тайноваров говорил с клиенткой' }))
  const contacted = await look(at.timur, leadId)
  assert.deepEqual([contacted.state, contacted.clientDmsId], ['contacted', 'РЛ-000123'])
  await ok(say(12))
  const sold = await look(at.timur, leadId)
  assert.deepEqual([sold.state, sold.result], ['closed', 'deal'])
  assert.equal((await ok(say(12))).success, true)
  const late = await ok(say(7))
  assert.equal(late.success, false)
  assert.match(late.error ?? '', /closed with the result deal/)
  assert.equal((await look(at.timur, leadId)).version, sold.version)
  const { rows } = await at.house.owner.query(
    `select 1 from network_leads where network_leads::text like '%Тайноваров%' union all select 1 from log_events where details::text like '%Тайноваров%'`,
  )
  assert.equal(rows.length, 0)
  assert.equal((await say(99)).status, 422)
  assert.equal((await say(36, { client_dms_id: 'Иванов Пётр' })).status, 422, 'a number of a working list has no blanks')
  const strange = await answering.post('/network/feedback', { lead_id: '00000000-0000-4000-8000-00000000abcd', status: 36 })
  const foreign = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  const others = await answering.post('/network/feedback', { lead_id: foreign.leadId, status: 36 })
  assert.deepEqual([others.status, { ...others.body, requestId: '' }], [404, { ...strange.body, requestId: '' }])
})

test('what was not taken is sent again with growing pauses, and is one handing over', async () => {
  const before = theirs.got.length
  theirs.answers = [500, 302]
  const { leadId } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  assert.equal((await look(at.ulyana, leadId)).state, 'offered')
  await later(at, (pausesSeconds[0] + 1) / 60)
  const { rows } = await at.house.owner.query(`select attempts, problem from network_pushes p join network_transfers t on t.id = p.transfer_id where t.lead_id = $1`, [leadId])
  assert.deepEqual(rows, [{ attempts: 2, problem: 'redirect' }])
  await later(at, (pausesSeconds[1] + 1) / 60)
  const lead = await look(at.ulyana, leadId)
  assert.deepEqual([lead.state, theirs.got.length - before], ['received', 3])
  assert.equal(new Set(theirs.got.slice(before).map(({ deliveryId }) => deliveryId)).size, 1)
  assert.equal((await at.house.events(at.veltara, 'network_lead.handed_over')).filter(({ objectId }) => objectId === leadId).length, 1)
})

test('what is taken back is told to the dealer’s system, tried again until heard, and their word about it is refused in words', async () => {
  const { leadId, number } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const before = theirs.got.length
  theirs.answers = [503]
  const lead = await look(at.ulyana, leadId)
  await ok(at.ulyana.post(`/network/leads/${leadId}/take-back`, { version: lead.version }))
  await at.settle()
  await later(at, (pausesSeconds[0] + 1) / 60)
  const told = theirs.got.slice(before)
  assert.deepEqual(
    told.map(({ body: { sent_at: _at, ...words }, isSigned }) => [words, isSigned]),
    Array(2).fill([{ event: 'withdrawn', because: 'taken_back', lead_id: leadId, public_id: number }, true]),
  )
  assert.equal(new Set(told.map(({ deliveryId }) => deliveryId)).size, 1)
  assert.notEqual(told[0]?.deliveryId, lead.transfers[0]?.id, 'it is another message than the request')
  const [noted] = (await at.house.events(at.veltara, 'network_lead.notified')).filter(({ objectId }) => objectId === leadId)
  assert.deepEqual([noted?.details.what, noted?.details.isDelivered], ['taken_back', true])
  const late = await answering.post<{ error: string; message: string }>('/network/feedback', { lead_id: leadId, status: 36 })
  assert.deepEqual([late.status, late.body.error], [409, 'taken_back'])
  assert.match(late.body.message, /забрали/)
})

test('a request taken back between two tries is not sent any more, and its dealer is told: an unanswered try may have been heard', async () => {
  const before = theirs.got.length
  theirs.answers = [500]
  const { leadId } = await ask(at, { networkOutletId: outletId })
  await at.settle()
  const { version } = await look(at.ulyana, leadId)
  await ok(at.ulyana.post(`/network/leads/${leadId}/take-back`, { version }))
  await later(at, (pausesSeconds[0] + 1) / 60)
  assert.deepEqual(
    theirs.got.slice(before).map(({ body }) => body.event ?? 'request'),
    ['request', 'withdrawn'],
  )
  const { rows } = await at.house.owner.query(`select p.what, p.state from network_pushes p join network_transfers t on t.id = p.transfer_id where t.lead_id = $1 order by 1`, [
    leadId,
  ])
  assert.deepEqual(rows, [
    { what: 'request', state: 'failed' },
    { what: 'taken_back', state: 'done' },
  ])
})

test('a consent taken back ends it at the dealer’s system too; of a dealer on this platform no system is told', async () => {
  const { leadId } = await ask(at, { networkOutletId: outletId })
  const other = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  const before = theirs.got.length
  for (const [id, what] of [
    [leadId, 'corrected'],
    [leadId, 'destroyed'],
    [other.leadId, 'destroyed'],
  ] as const) {
    const { personId } = await look(at.ulyana, id)
    await at.house.job(at.veltara, 'destroy-due', async (ctx) => ctx.emit('recipients-told', { personId, what }))
    await at.settle()
  }
  assert.deepEqual(
    theirs.got.slice(before).map(({ body }) => [body.lead_id, body.event, body.because]),
    [
      [leadId, 'notice', 'corrected'],
      [leadId, 'withdrawn', 'destroyed'],
    ],
  )
})

test('a trial tells whether the way is open, without anybody’s data', async () => {
  await ok(at.timur.post(`/network/dealers/${dealerId}/push-trial`))
  await at.settle()
  assert.deepEqual(Object.keys(theirs.got.at(-1)?.body ?? {}), ['trial', 'sent_at'])
  theirs.answers = [403]
  await ok(at.timur.post(`/network/dealers/${dealerId}/push-trial`))
  await at.settle()
  const { dealers } = await ok(at.timur.get<{ dealers: { id: string; lastPush: { state: string; status: number; problem: string } }[] }>('/network/dealers'))
  const { state, status, problem } = dealers.find(({ id }) => id === dealerId)!.lastPush
  assert.deepEqual([state, status, problem], ['failed', 403, 'status'])
})

const sending = { secret: Buffer.from('x'), deliveryId: 'd', body: '{}', now: new Date(), allowsPrivate: false, timeoutMs: 300 }
test('in production nothing is sent into a network of somebody’s own, whatever the address says', async () => {
  for (const url of [
    'https://127.0.0.1/',
    'https://10.1.2.3/',
    'https://[::1]/',
    'https://[::ffff:192.168.0.1]/',
    'https://169.254.169.254/latest',
    'https://0x7f000001/',
    'https://localhost/',
  ])
    assert.deepEqual(await sendSigned({ ...sending, url }), { status: null, problem: 'refused_address' }, url)
  assert.deepEqual(await sendSigned({ ...sending, url: theirs.url }), { status: null, problem: 'refused_address' }, 'and nothing without TLS')
  for (const url of ['ftp://example.org/', 'file:///etc/passwd', 'https://user:word@example.org/', 'nonsense'])
    assert.deepEqual(await sendSigned({ ...sending, url }), { status: null, problem: 'address' }, url)
})

test('who does not answer in time is not waited for', async () => {
  theirs.answers = ['hang']
  assert.deepEqual(await sendSigned({ ...sending, url: theirs.url, allowsPrivate: true }), { status: null, problem: 'timeout' })
  assert.equal((await sendSigned({ ...sending, url: 'http://127.0.0.1:1/', allowsPrivate: true })).problem, 'connection')
})

test('addresses inside of houses are known as such', () => {
  for (const address of [
    '127.0.0.1',
    '10.0.0.1',
    '172.20.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '0.0.0.0',
    '224.0.0.1',
    'words',
  ])
    assert.ok(isInside(address), address)
  for (const address of ['8.8.8.8', '77.88.55.242', '2a02:6b8::2:242']) assert.ok(!isInside(address), address)
})
