import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { pdfText, says } from '../../../test/pdf-text.ts'
import { openSealer, type TestSealer } from '../../../test/seal.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { aClient, act, card, daysAgo, file, type Bytes, type Refused } from '../requests/requests-stage.ts'
import { allPersonalData } from '../../personal-data.ts'
import { measures } from '../policy/measures.ts'
import type { Pack } from './pack.ts'

let scene: Stage
let sealer: TestSealer
let anna: Person
let igor: Person
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  anna = await scene.hire('operator')
  igor = await scene.hire('privacy_officer', { outletId: null })
  sealer = openSealer(scene.database, scene.owner)
})
after(async () => {
  await sealer.close()
  await ends.close()
})

type Preview = { items: { code: string; lines: number }[]; staffTexts: { recordId: string; text: string }[] }
const bytesOf = ({ base64 }: Bytes): Buffer => Buffer.from(base64, 'base64')
const packOf = async (id: string): Promise<Pack> => JSON.parse(bytesOf((await igor.get<Bytes>(`/requests/${id}/answer?form=json`)).body).toString()) as Pack
const pdfOf = async (id: string): Promise<string> => pdfText(bytesOf((await igor.get<Bytes>(`/requests/${id}/answer?form=pdf`)).body))

let veras = 0
/** Vera with a story: a lead, a talk that Anna wrote down, a look, a consent, a recipient. */
async function vera(): Promise<{ personId: string; leadId: string; phone: string }> {
  // Another address each time: else the lead would find the Vera of the test before.
  const client = await aClient(anna, 'Шереметьевская Вера Павловна', `vera.pack.${++veras}@mail.example`)
  await anna.post('/interactions', { personId: client.personId, kind: 'call_out', result: 'talked', text: 'Советовалась с соседом Кузьминым' })
  await anna.post(`/persons/${client.personId}/reveal`, { purpose: 'request_handling' })
  await scene.owner.query(
    `insert into disclosures (tenant_id, id, person_id, recipient_name, basis, what, at) values ($1, $2, $3, 'ООО «Банк Партнёр»', 'consent', '{contact}', now())`,
    [igor.dealer.tenantId, randomUUID(), client.personId],
  )
  return client
}

test('the answer holds every item of art. 14 ч.7, in PDF and in JSON, and no word of anybody else', async () => {
  const { personId, phone } = await vera()
  const { id, number } = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0), channel: 'email', words: 'Что вы обо мне знаете?' })
  await act(igor, id, 'identify', { how: 'document' })
  await sealer.seal()
  const preview = await igor.get<Preview>(`/requests/${id}/pack`)
  assert.equal(preview.status, 200, JSON.stringify(preview.body))
  assert.deepEqual(
    preview.body.items.map(({ code }) => code),
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9.1', '10'],
  )
  assert.deepEqual(
    preview.body.staffTexts.map(({ text }) => text),
    ['Советовалась с соседом Кузьминым'],
  )
  const made = await act(igor, id, 'pack')
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const [pack, pages] = [await packOf(id), await pdfOf(id)]
  assert.deepEqual([pack.format, pack.version, pack.request.number], ['infotech-answer', 1, number])
  const said: Record<string, RegExp> = {
    '1': /обрабатывает ваши персональные данные с/,
    '2': /152-ФЗ ст\. 6[\s\S]*30 дней, счёт:/,
    '3': /автоматизированная/,
    '4': /ООО «Банк Партнёр»/,
    '5': /Источник данных: Ваше обращение: phone[\s\S]*Шереметьевская/,
    '6': /Данные хранятся, пока действует/,
    '7': /Роскомнадзоре/,
    '8': /Трансграничная передача не осуществлялась/,
    '9': /никому не поручена/,
    '9.1': /Назначен ответственный[^"]*privacy_officer/,
    '10': /раскрыты сведения/,
  }
  for (const item of pack.items) {
    const words = JSON.stringify(item).replaceAll('\\"', '"')
    assert.match(item.code === '5' ? `${item.text.join(' ')} ${words}` : words, said[item.code]!, item.code)
    assert.ok(says(pages, item.title), `the PDF has ${item.title}`)
  }
  const duties = pack.items.find(({ code }) => code === '9.1')
  assert.deepEqual(
    duties?.list,
    measures.map(({ ru }) => ru),
    'what is said of measures is what the policy may say of them',
  )
  assert.ok(!duties?.text.join(' ').includes('политика'), 'no policy stands yet, so none is spoken of')
  const digits = phone.replace(/\D/g, '')
  for (const own of ['Шереметьевская', 'Вера', digits, `vera.pack.${veras}@mail.example`, 'Хочу красный хетчбэк', 'Что вы обо мне знаете?', 'ООО «Банк Партнёр»', 'operator'])
    assert.ok(says(pages, own), `the PDF has ${own}`)
  for (const foreign of ['Кузьминым', 'Сотрудников', 'Тест']) assert.ok(!says(pages, foreign) && !JSON.stringify(pack).includes(foreign), `${foreign} is not in the answer`)
  const [event] = (await scene.events(igor.dealer, 'request.packed')).filter(({ objectId }) => objectId === id)
  assert.deepEqual([event?.personIds, event?.details.texts], [[personId], 0])
})

test('what was typed is held too, so the answer tells it where it differs from the clean form, and only there', async () => {
  const { body: lead } = await anna.post<{ personId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    contact: { fullName: 'глафира ШЕРЕМЕТЬЕВСКАЯ', phones: ['8 (999) 321-00-77'], emails: ['glafira@mail.example'] },
    interest: 'trade_in',
    ownCar: { vin: 'хта 210990-y2766389', plate: 'А123ВС777' },
  })
  const { id } = await file(igor, lead.personId, 'access', { receivedOn: daysAgo(scene, 0) })
  assert.equal((await act(igor, id, 'pack')).status, 200)
  const item = (await packOf(id)).items.find(({ code }) => code === '5')
  const facts = new Map(item?.facts)
  assert.deepEqual(
    ['Фамилия', 'Имя, как его написали', 'Телефон', 'Электронная почта'].map((name) => facts.get(name)),
    ['Шереметьевская', 'глафира ШЕРЕМЕТЬЕВСКАЯ', '+79993210077 (написано: 8 (999) 321-00-77)', 'glafira@mail.example'],
  )
  const [car] = item?.tables.find(({ title }) => title === 'Автомобили')?.rows ?? []
  assert.deepEqual([car?.vin, car?.plate], ['XTA210990Y2766389 (написано: хта 210990-y2766389)', 'А123ВС777'])
})

test('a note of staff goes in only when Igor chooses it, and one that is not about this person never', async () => {
  const { personId } = await vera()
  const { id } = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0) })
  const { body } = await igor.get<Preview>(`/requests/${id}/pack`)
  const wrong = await act<Refused>(igor, id, 'pack', { includeTexts: [randomUUID()] })
  assert.deepEqual([wrong.status, wrong.body.fields?.[0]], [422, { at: 'includeTexts', why: 'unknown' }])
  assert.equal((await act(igor, id, 'pack', { includeTexts: [body.staffTexts[0]!.recordId] })).status, 200)
  assert.ok(says(await pdfOf(id), 'Советовалась с соседом Кузьминым'))
  const { rows: before } = await scene.owner.query<{ id: string }>('select id from files where person_id = $1 order by id', [personId])
  assert.equal((await act(igor, id, 'pack', { language: 'en' })).status, 200)
  const { rows: after } = await scene.owner.query<{ id: string }>('select id from files where person_id = $1 order by id', [personId])
  assert.equal(after.length, 2, 'an answer made anew takes the place of the one before')
  assert.ok(after.every((row) => !before.some((old) => old.id === row.id)))
  assert.match(await pdfOf(id), /Answer to a request of a data subject[\s\S]*Confirmation that data is processed/)
})

test('it is handed over only when it was made and it is known who asks; then the person reads it on their own page, and nobody else does', async () => {
  const { personId } = await vera()
  const { id } = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0), channel: 'email' })
  const unknown = await act<Refused>(igor, id, 'answer')
  assert.deepEqual([unknown.status, unknown.body.details?.state], [409, 'identity_unknown'])
  await act(igor, id, 'identify', { how: 'document' })
  const empty = await act<Refused>(igor, id, 'answer')
  assert.deepEqual([empty.status, empty.body.details?.state], [409, 'not_packed'])
  await act(igor, id, 'pack')
  const own = await scene.subject(igor.dealer, [personId])
  const early = await own.get<Refused>(`/own/requests/${id}/answer`)
  assert.equal(early.status, 404, 'not before it is handed over')
  assert.equal((await act(igor, id, 'answer', { words: 'Ответ приложен' })).status, 200)
  const answered = await card(igor, id)
  assert.deepEqual([answered.state, answered.history.map(({ kind }) => kind)], ['answered', ['received', 'identified', 'packed', 'answered']])
  const mine = await own.get<{ rows: { id: string; hasAnswer: boolean; reply: string }[] }>('/own/requests')
  assert.deepEqual(
    mine.body.rows.filter((row) => row.id === id).map(({ hasAnswer, reply }) => [hasAnswer, reply]),
    [[true, 'Ответ приложен']],
  )
  const download = await own.get<Bytes>(`/own/requests/${id}/answer?form=pdf`)
  assert.ok(pdfText(bytesOf(download.body)).includes('Шереметьевская'))
  const stranger = await scene.subject(igor.dealer, [(await aClient(anna, 'Другая Нина')).personId])
  const [theirs, nothing] = [await stranger.get<Refused>(`/own/requests/${id}/answer`), await stranger.get<Refused>(`/own/requests/${randomUUID()}/answer`)]
  assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
  const { rows } = await scene.owner.query(`select until is not null as ends from grounds where person_id = $1 and evidence ->> 'requestId' = $2`, [personId, id])
  assert.deepEqual(rows, [], 'whoever was held already got no ground by asking')
})

test('on their own page a person asks, blocks at once and stops advertising at once', async () => {
  const { personId } = await vera()
  const own = await scene.subject(igor.dealer, [personId])
  const asked = await own.post<{ id: string; dueOn: string }>('/own/requests', {
    personId,
    kind: 'rectify',
    words: 'Фамилия с ошибкой',
    draft: { surname: 'Шереметьева', given: 'Вера' },
  })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const seen = await card(igor, asked.body.id)
  assert.deepEqual([seen.identity, seen.channel, seen.hasDraft], ['portal', 'portal', true])
  const opened = await igor.post<{ draft: { surname: string }; words: string }>(`/requests/${asked.body.id}/words`)
  assert.deepEqual([opened.body.draft.surname, opened.body.words], ['Шереметьева', 'Фамилия с ошибкой'])
  assert.equal((await own.post('/own/requests', { personId, kind: 'stop_marketing' })).status, 200)
  assert.equal((await own.post('/own/requests', { personId, kind: 'block', words: 'Обрабатываете незаконно' })).status, 200)
  assert.equal((await anna.post<Refused>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).body.error, 'restricted')
  assert.equal((await own.get('/own/requests')).status, 200, 'the person themself is let in under a restriction')
  const other = await own.post<Refused>('/own/requests', { personId: randomUUID(), kind: 'access' })
  assert.equal(other.status, 404)
  assert.equal((await own.post('/own/requests', { personId, kind: 'regulator' })).status, 422)
  const [event] = (await scene.events(igor.dealer, 'request.received')).filter(({ objectId }) => objectId === asked.body.id)
  assert.equal(event?.personIds[0], personId)
})

test('a thousand events go into an answer within ten seconds', async () => {
  const { personId } = await vera()
  const { rows } = await scene.owner.query<{ key_id: string; payload: Buffer }>(`select key_id, payload from facts where person_id = $1 and class = 'communication' limit 1`, [
    personId,
  ])
  assert.ok(rows[0])
  const many = Array.from({ length: 1_000 }, (_, i) => ({ id: randomUUID(), text: `Заметка номер ${i}` }))
  const sealed = await scene.sealer.seal(
    igor.dealer.tenantId,
    many.map(({ id, text }) => ({ personId, class: 'communication', recordId: id, version: 1, facts: { text } })),
  )
  await scene.owner.query(
    `insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) select $1, $2, 'communication', f.record_id, 1, f.key_id, f.payload from unnest($3::uuid[], $4::uuid[], $5::bytea[]) f(record_id, key_id, payload)`,
    [igor.dealer.tenantId, personId, sealed.map(({ recordId }) => recordId), sealed.map(({ keyId }) => keyId), sealed.map(({ payload }) => payload)],
  )
  await scene.owner.query(
    `insert into interactions (tenant_id, id, person_id, kind, result, has_text, at) select $1, i, $2, 'note', 'done', true, now() from unnest($3::uuid[]) i`,
    [igor.dealer.tenantId, personId, many.map(({ id }) => id)],
  )
  const { id } = await file(igor, personId, 'access', { receivedOn: daysAgo(scene, 0) })
  const started = performance.now()
  const made = await act(igor, id, 'pack', { includeTexts: many.slice(0, 1_000).map((each) => each.id) })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  assert.ok(performance.now() - started < 10_000)
  assert.ok(says(await pdfOf(id), 'Заметка номер 999'))
})

/** What the answer tells in an item of its own, or cannot tell because it is a hash of what it tells. */
const toldElsewhere: Record<string, string> = {
  facts: 'item 5 itself',
  grounds: 'item 2',
  disclosures: 'item 4',
  log_events: 'item 10',
  log_event_persons: 'the index of item 10',
  search_tokens: 'hashes of the contact in item 5',
  network_tokens: 'hashes of the contact in item 5',
  portal_session_persons: 'their own keys to their own page, for hours',
  portal_links: 'their own keys to their own page, for days',
  destruction_acts: 'of the destroyed: nobody is left who could be answered',
}

test('whatever is declared to hold a person is in the answer to them (152-ФЗ art. 14 ч.7 п.5)', () => {
  const silent = allPersonalData.filter(({ table, read }) => !read && !(table in toldElsewhere)).map(({ table }) => table)
  assert.deepEqual(silent, [])
})
