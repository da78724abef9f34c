import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { lintTemplate } from '../../contract/mailing/lint-template.ts'
import { fill, renderMessage } from '../../contract/mailing/render-message.ts'
import type { Template } from '../../contract/mailing/template.ts'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'

type Refused = { error: string; fields?: { at: string; why: string }[]; requestId?: string }

let it: Stage
let zhanna: Person
const ends = openEnds()
before(async () => {
  it = await stage(ends)
  zhanna = await it.hire('marketer')
})
after(ends.close)

const draft = {
  code: 'ready',
  kind: 'service',
  channel: 'email',
  name: 'Автомобиль готов',
  subject: 'Автомобиль готов',
  body: 'Здравствуйте, {name}! Ваш автомобиль готов. {company}',
} as const
const publish = (more: Record<string, unknown>) => zhanna.post<Refused & { id: string; version: number }>('/mail-templates', { ...draft, ...more })
const whyOf = async (more: Record<string, unknown>): Promise<[string, string][]> => ((await publish(more)).body.fields ?? []).map(({ at, why }) => [at, why])

test('a template is published in versions that stay; what it is for and how it travels never change', async () => {
  const [first, second] = [await publish({}), await publish({ body: 'Здравствуйте, {name}! Всё готово.' })]
  assert.deepEqual([first.body.version, second.body.version], [1, 2])
  assert.deepEqual(await whyOf({ kind: 'advertising' }), [['kind', 'kind_stays']])
  assert.deepEqual(await whyOf({ channel: 'sms', subject: '' }), [['channel', 'kind_stays']])
  const { body } = await zhanna.get<{ rows: Template[] }>('/mail-templates?kind=service')
  assert.deepEqual(
    body.rows.map(({ code, version }) => [code, version]),
    [
      ['ready', 2],
      ['ready', 1],
    ],
  )
  assert.equal((await zhanna.get<Template>(`/mail-templates/${first.body.id}`)).body.body, draft.body)
  const [event] = await it.events(zhanna.dealer, 'template.published')
  assert.deepEqual([event?.objectId, event?.details.code, event?.details.version], [first.body.id, 'ready', 1])
  const app = new pg.Client(it.database.web)
  await app.connect()
  try {
    for (const sql of [`update mail_templates set body = 'x'`, 'delete from mail_templates']) {
      await app.query('begin; set local role infotech_app')
      await assert.rejects(app.query(sql), /permission denied/)
      await app.query('rollback')
    }
  } finally {
    await app.end()
  }
})

test('a service template with advertising in it is refused, and so is a place for data that nobody fills', async () => {
  for (const body of ['Только до пятницы скидка 10 % на ТО', 'Акция для владельцев', 'Получите подарок', 'Специальное предложение для вас', 'Get 10 % discount'])
    assert.deepEqual(await whyOf({ code: 'bad', body }), [['body', 'advertising_in_service']], body)
  assert.deepEqual(await whyOf({ code: 'bad', subject: 'Распродажа' }), [['subject', 'advertising_in_service']])
  for (const body of ['Здравствуйте, {имя}!', 'Здравствуйте, {{name}}!', 'Здравствуйте, {phone}', 'Здравствуйте, {name', 'Здравствуйте, {}'])
    assert.deepEqual(await whyOf({ code: 'bad', body }), [['body', 'unknown_placeholder']], body)
  assert.deepEqual(await whyOf({ code: 'bad', subject: '' }), [['subject', 'subject_needed']])
  assert.deepEqual(await whyOf({ code: 'bad', kind: 'advertising', body: 'Чтобы отписаться, ответьте на письмо' }), [['body', 'own_unsubscribe']])
  assert.deepEqual(
    lintTemplate({ kind: 'service', channel: 'sms', subject: 'x', body: 'а'.repeat(601) }).map(({ why }) => why),
    ['subject_unused', 'too_long_sms'],
  )
  for (const body of ['Ваш заказ-наряд закрыт, итог 12 000 рублей.', 'Ждём вас на тест-драйв завтра в 10:00.', 'Документы готовы, приезжайте за автомобилем.'])
    assert.deepEqual(lintTemplate({ ...draft, body }), [], body)
})

test('no line of a subject begins a header: neither as it is written, nor by whoever it is filled in with', async () => {
  for (const subject of ['Тема\r\nBcc: all@b.example', 'Тема\nX: y', 'Тема\u2028X', 'Тема\u0085X'])
    assert.equal((await publish({ code: 'bad', subject })).status, 422, JSON.stringify(subject))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (name, company) => {
      const words = { name: `${name}\r\nBcc: all@b.example`, company: `${company}\n\u2028`, address: 'Москва' }
      assert.doesNotMatch(fill('{name} {company} {name}', words), /[\u0000-\u001f\u007f\u0085\u2028\u2029]/)
      const text = renderMessage({ channel: 'email', body: 'Здравствуйте, {name}!', words, basis: null })
      assert.equal(text.split('\n').length, 1)
    }),
  )
  assert.equal(fill('{name}', { name: '{company}', company: 'тайна', address: '' }), '{company}', 'a value is never filled in again')
})

test('refusals: a stranger, a role without the right, another company', async () => {
  const { body: template } = await publish({ code: 'own' })
  assert.equal((await it.stranger.get('/mail-templates')).status, 401)
  const seller = await it.hire('seller')
  assert.equal((await seller.get('/mail-templates')).status, 403)
  const officer = await it.hire('privacy_officer')
  assert.equal((await officer.get('/mail-templates')).status, 200)
  assert.equal((await officer.post('/mail-templates', draft)).status, 403)
  const rival = await it.hire('marketer', { dealer: await it.dealer('Соперник') })
  const [theirs, nothing] = [await rival.get<Refused>(`/mail-templates/${template.id}`), await rival.get<Refused>(`/mail-templates/${randomUUID()}`)]
  assert.deepEqual([theirs.status, { ...theirs.body, requestId: '' }], [404, { ...nothing.body, requestId: '' }])
})
