import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { before, describe, test, after } from 'node:test'
import fc from 'fast-check'
import pg from 'pg'
import { consentKinds } from '../../contract/consent/consent.ts'
import { lintText } from '../../contract/consent/lint-text.ts'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { expireConsents } from './events/expire-consents.ts'
import { stateOf, type Said } from './events/state-of.ts'

const parts = {
  operator: { name: 'ООО «Звезда Моторс»', address: '115088, г. Москва, ул. Угрешская, д. 2' },
  purpose: 'Сообщения о новых автомобилях и условиях покупки.',
  data: ['фамилия и имя', 'телефон', 'адрес электронной почты'],
  processors: [{ name: 'ООО «Платформа»', address: '300000, г. Тула, пр. Ленина, д. 1' }],
  operations: ['сбор', 'запись', 'хранение', 'использование', 'уничтожение'],
  methods: 'Автоматизированная обработка.',
  term: 'Один год с даты согласия или до отзыва.',
  withdrawal: 'Письмом на адрес оператора или кнопкой на личной странице.',
}
type Verdict = { may: boolean; because: string; textVersion: number | null }

describe('consents', () => {
  let world: Stage
  let anna: Person
  let irina: Person
  const ends = openEnds()
  before(async () => {
    world = await stage(ends)
    anna = await world.hire('operator')
    irina = await world.hire('privacy_officer')
    for (const kind of ['advertising_data', 'advertising_email', 'advertising_call', 'request'] as const) {
      const { status, body } = await irina.post('/consent-texts', { kind, parts: kind === 'request' ? { ...parts, purpose: 'Ответ на обращение.' } : parts, validDays: 365 })
      assert.equal(status, 200, JSON.stringify(body))
    }
  })
  after(async () => {
    await ends.close()
  })

  let next = 1000
  const client = async (phone = `+7999300${next++}`): Promise<string> => {
    const { body } = await anna.post<{ id: string }>('/persons', {
      contact: { fullName: 'Соколова Вера', phones: [phone], emails: [`vera${next}@example.com`] },
      ground: { activityCode: 'lead', basis: 'contract' },
    })
    return body.id
  }
  const may = async (id: string, channel: string, messageKind = 'advertising'): Promise<Verdict> =>
    (await anna.get<Verdict>(`/persons/${id}/may-contact?channel=${channel}&messageKind=${messageKind}`)).body
  const say = (id: string, kind: string, state: string) => anna.post<{ eventId: string }>(`/persons/${id}/consents`, { kind, state, how: 'staff_call' })

  test('Vera may be answered at once, but advertising needs both of her consents, each for its channel', async () => {
    const vera = await client()
    assert.deepEqual(await may(vera, 'email', 'service'), { may: true, because: 'service_ground', consentEventId: null, textVersion: null })
    assert.equal((await may(vera, 'email')).because, 'data_consent_absent')
    await say(vera, 'advertising_data', 'given')
    assert.equal((await may(vera, 'email')).because, 'channel_consent_absent')
    await say(vera, 'advertising_email', 'given')
    const verdict = await may(vera, 'email')
    assert.deepEqual([verdict.may, verdict.because, verdict.textVersion], [true, 'consents', 1])
    assert.equal((await may(vera, 'call')).because, 'channel_consent_absent')
    assert.ok((await world.events(anna.dealer, 'consent.given')).length >= 2)
  })

  test('her withdrawal counts at once, and only her own new consent lifts it', async () => {
    const vera = await client()
    for (const kind of ['advertising_data', 'advertising_call']) await say(vera, kind, 'given')
    assert.equal((await may(vera, 'call')).may, true)
    await say(vera, 'advertising_call', 'withdrawn')
    assert.deepEqual([(await may(vera, 'call')).may, (await may(vera, 'call')).because], [false, 'objection'])
    await say(vera, 'advertising_call', 'given')
    assert.equal((await may(vera, 'call')).may, true)
  })

  test('a "no" belongs to the phone, not to the card: it holds for another card with the same phone', async () => {
    const phone = '+79993009999'
    const vera = await client(phone)
    await say(vera, 'advertising_call', 'refused')
    const twin = await client(phone)
    for (const kind of ['advertising_data']) await say(twin, kind, 'given')
    assert.equal((await may(twin, 'call')).because, 'objection')
  })

  test('a consent ends by itself when its term is over', async () => {
    const vera = await client()
    for (const kind of ['advertising_data', 'advertising_email']) await say(vera, kind, 'given')
    await world.owner.query(`update consent_events set valid_until = now() - interval '1 day' where person_id = $1 and kind = 'advertising_email'`, [vera])
    assert.equal((await may(vera, 'email')).because, 'channel_consent_expired')
  })

  test('the card hears of every channel at once what each question alone would answer, and which text it rests on', async () => {
    const vera = await client()
    for (const kind of ['advertising_data', 'advertising_email']) await say(vera, kind, 'given')
    const { status, body } = await anna.get<{ verdicts: (Verdict & { channel: string; messageKind: string; consentEventId: string | null })[] }>(`/persons/${vera}/contacting`)
    assert.equal(status, 200)
    assert.deepEqual(
      body.verdicts.map(({ channel, messageKind, may: yes }) => [channel, messageKind, yes]),
      [
        ['email', 'service', true],
        ['sms', 'service', true],
        ['call', 'service', true],
        ['email', 'advertising', true],
        ['sms', 'advertising', false],
        ['call', 'advertising', false],
      ],
    )
    for (const { channel, messageKind, ...verdict } of body.verdicts) assert.deepEqual(await may(vera, channel, messageKind), verdict)
    const { body: said } = await anna.get<{ events: { id: string; textId: string; textSha256: string }[] }>(`/persons/${vera}/consents`)
    const proof = said.events.find(({ id }) => id === body.verdicts[3]?.consentEventId)
    const { body: text } = await anna.get<{ body: string; bodySha256: string; kind: string }>(`/consent-texts/${proof?.textId}`)
    assert.deepEqual([text.kind, text.bodySha256, createHash('sha256').update(text.body).digest('hex')], ['advertising_email', proof?.textSha256, proof?.textSha256])
  })

  test('nobody is written to where there is no address, and a restricted person is left in peace on every channel', async () => {
    const { body } = await anna.post<{ id: string }>('/persons', {
      contact: { fullName: 'Без Почты', phones: [`+7999300${next++}`], emails: [] },
      ground: { activityCode: 'lead', basis: 'contract' },
    })
    assert.equal((await may(body.id, 'email', 'service')).because, 'no_address')
    assert.equal((await may(body.id, 'call', 'service')).may, true)
    await world.owner.query('update persons set restricted_at = now() where id = $1', [body.id])
    for (const messageKind of ['service', 'advertising']) assert.equal((await may(body.id, 'call', messageKind)).because, 'restricted')
  })

  test('at night the end of a consent is written down once, as of the moment its term was over, and a later word is left alone', async () => {
    const [vera, other] = [await client(), await client()]
    for (const id of [vera, other]) for (const kind of ['advertising_data', 'advertising_call']) await say(id, kind, 'given')
    await world.owner.query(
      `update consent_events set at = at - interval '400 days', valid_until = at - interval '35 days' where person_id = any ($1) and kind = 'advertising_call'`,
      [[vera, other]],
    )
    await say(other, 'advertising_call', 'given')
    const before = await may(vera, 'call')
    for (let night = 0; night < 2; night++) await world.job(anna.dealer, 'expire-consents', expireConsents)
    const { rows } = await world.owner.query(
      `select e.person_id, e.how, e.at = g.valid_until "atItsEnd" from consent_events e join consent_events g on g.person_id = e.person_id and g.kind = e.kind and g.state = 'given' where e.state = 'expired' and e.person_id = any ($1)`,
      [[vera, other]],
    )
    assert.deepEqual(rows, [{ person_id: vera, how: 'clock', atItsEnd: true }])
    assert.deepEqual([before.because, (await may(vera, 'call')).because, (await may(other, 'call')).may], ['channel_consent_expired', 'channel_consent_expired', true])
    assert.ok((await world.events(anna.dealer, 'consent.expired')).some(({ personIds, actorId }) => personIds.includes(vera) && actorId !== anna.employeeId))
  })

  test('a text with a placeholder, an endless list, a second purpose or consent by silence cannot be published', async () => {
    const bad = { ...parts, operator: { ...parts.operator, address: 'г. ______, ул. ______' }, data: ['имя', 'телефон и т.д.'], withdrawal: 'Оставаясь на сайте, вы соглашаетесь.' }
    const { status, body } = await irina.post<{ fields: { at: string; why: string }[] }>('/consent-texts', { kind: 'advertising_sms', parts: bad, validDays: 30 })
    assert.equal(status, 422)
    assert.deepEqual(body.fields.map(({ why }) => why).sort(), ['inaction', 'open_list', 'placeholder'])
    assert.deepEqual(
      lintText('request', parts).map(({ why }) => why),
      [],
      'a purpose without advertising words is one purpose',
    )
    assert.deepEqual(
      lintText('request', { ...parts, purpose: 'Ответ на обращение и рассылка рекламы.' }).map(({ why }) => why),
      ['two_purposes'],
    )
  })

  test('a published text cannot be changed or removed, also not by the application’s own role', async () => {
    const client = new pg.Client(world.database.web)
    await client.connect()
    try {
      for (const sql of [`update consent_texts set body = 'x'`, 'delete from consent_texts', `update consent_events set state = 'given'`, 'delete from consent_events']) {
        await client.query('begin')
        await client.query('set local role infotech_app')
        await assert.rejects(client.query(sql), /permission denied/)
        await client.query('rollback')
      }
    } finally {
      await client.end()
    }
  })

  test('refusals: a stranger, a role without the right, a client of another dealer, a kind without a text', async () => {
    const vera = await client()
    assert.equal((await world.stranger.post(`/persons/${vera}/consents`, {})).status, 401)
    const analyst = await world.hire('analyst')
    assert.equal((await analyst.get(`/persons/${vera}/consents`)).status, 403)
    const boris = await world.hire('operator', { dealer: await world.dealer('Другой') })
    const {
      rows: [text],
    } = await world.owner.query('select id from consent_texts limit 1')
    for (const [hers, nothing] of [
      [`/persons/${vera}/consents`, `/persons/${randomUUID()}/consents`],
      [`/persons/${vera}/contacting`, `/persons/${randomUUID()}/contacting`],
      [`/consent-texts/${text.id}`, `/consent-texts/${randomUUID()}`],
    ] as const) {
      const [seen, missing] = [await boris.get<{ requestId: string }>(hers), await boris.get<{ requestId: string }>(nothing)]
      assert.deepEqual([seen.status, { ...seen.body, requestId: '' }], [404, { ...missing.body, requestId: '' }])
    }
    assert.equal((await world.stranger.get(`/persons/${vera}/contacting`)).status, 401)
    assert.equal((await analyst.get(`/persons/${vera}/contacting`)).status, 403)
    assert.equal((await anna.post('/consent-texts', { kind: 'request', parts, validDays: 1 })).status, 403, 'an operator publishes nothing')
    assert.equal((await say(vera, 'advertising_sms', 'given')).status, 409)
    assert.equal((await anna.post(`/persons/${vera}/consents`, { kind: 'advertising_email', state: 'maybe', how: 'staff_call' })).status, 422)
  })
})

test('the state of a consent depends on the events alone: order of arrival does not matter, "no" wins a tie, nothing said is absent', () => {
  const event = fc.record({
    id: fc.uuid(),
    kind: fc.constantFrom(...consentKinds),
    state: fc.constantFrom('given', 'refused', 'withdrawn'),
    at: fc.integer({ min: 0, max: 5 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
    validUntil: fc.constant(null),
    textVersion: fc.constant(1),
  })
  fc.assert(
    fc.property(fc.array(event as fc.Arbitrary<Said>, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (events, random) => {
      const now = new Date(Date.UTC(2026, 1, 1))
      const shuffled = [...events]
        .map((said) => ({ said, place: random.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ said }) => said)
      for (const kind of consentKinds) {
        const state = stateOf(kind, events, now)
        assert.deepEqual(stateOf(kind, shuffled, now), state)
        const mine = events.filter((said) => said.kind === kind)
        if (mine.length === 0) assert.equal(state.state, 'absent')
        const latest = Math.max(...mine.map(({ at }) => at.getTime()))
        if (mine.some((said) => said.at.getTime() === latest && said.state !== 'given')) assert.notEqual(state.state, 'given')
      }
    }),
  )
})
