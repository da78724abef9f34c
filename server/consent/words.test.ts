import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { ConsentKind } from '../../contract/consent/consent.ts'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { mayContact } from './contacting/may-contact.ts'
import { objectToAll } from './contacting/object-to-all.ts'
import { addConsent } from './events/add-consent.ts'
import { expireConsents } from './events/expire-consents.ts'
import { recordAtDoor, type DoorWord } from './events/record-at-door.ts'

const DAY_MS = 86_400_000
const parts = {
  operator: { name: 'ООО «Звезда Моторс»', address: '115088, г. Москва, ул. Угрешская, д. 2' },
  purpose: 'Связь с клиентом.',
  data: ['имя', 'телефон'],
  processors: [],
  operations: ['сбор', 'хранение'],
  methods: 'Автоматизированная обработка.',
  term: 'Один год или до отзыва.',
  withdrawal: 'Письмом оператору.',
}
type Ground = { id: string; activityCode: string; basis: string; until: string | null; endedAt: string | null; endedReason: string | null }
type Card = { destroyAfter: string | null; grounds: Ground[] }
type Refused = { error: string; fields?: { at: string; why: string }[] }

let it: Stage
let anna: Person
let igor: Person
const texts: Partial<Record<ConsentKind, string>> = {}
const ends = openEnds()
before(async () => {
  it = await stage(ends)
  anna = await it.hire('operator')
  igor = await it.hire('privacy_officer')
  for (const kind of ['request', 'advertising_data', 'advertising_email', 'advertising_call'] as const) {
    const { body } = await igor.post<{ id: string }>('/consent-texts', { kind, parts, validDays: 365 })
    texts[kind] = body.id
  }
})
after(ends.close)

let numbers = 3000
const phone = (): string => `+7999700${numbers++}`
const create = (ground: Record<string, unknown>, at = phone()) =>
  anna.post<Refused & { id: string }>('/persons', { contact: { fullName: 'Соколова Вера', phones: [at], emails: [`vera${numbers}@example.com`] }, ground })
const client = async (at?: string): Promise<string> => (await create({ activityCode: 'lead', basis: 'contract' }, at)).body.id
const card = async (id: string): Promise<Card> => (await igor.get<Card>(`/persons/${id}`)).body
const say = (id: string, kind: ConsentKind, state: string, more: Record<string, unknown> = {}) =>
  anna.post<Refused & { eventId: string }>(`/persons/${id}/consents`, { kind, state, how: 'staff_call', ...more })
const job = <T>(run: Parameters<typeof it.job<T>>[2]): Promise<T> => it.job(anna.dealer, 'expire-consents', run)
const daysAhead = (iso: string | null): number => Math.round((Date.parse(iso ?? '') - it.clock.now.getTime()) / DAY_MS)

test('whoever is written down by hand is held for the term of the register from that moment, until a request brings a ground of its own', async () => {
  const number = phone()
  const id = await client(number)
  assert.deepEqual([daysAhead((await card(id)).destroyAfter), (await card(id)).grounds.length], [30, 1])
  const lead = await anna.post<{ personId: string }>('/leads', { sourceId: anna.dealer.sources.phone, contact: { fullName: 'Соколова Вера', phones: [number] } })
  assert.deepEqual([lead.status, lead.body.personId], [200, id], JSON.stringify(lead.body))
  assert.equal((await card(id)).destroyAfter, null)
})

test('held on consent is whoever has given it in the same act: the event is the ground’s evidence and its term the text’s', async () => {
  const { body } = await create({ activityCode: 'relations', basis: 'consent', consent: { how: 'staff_paper', textId: texts.request } })
  const [ground] = (await card(body.id)).grounds
  assert.deepEqual([ground?.activityCode, daysAhead(ground?.until ?? null)], ['relations', 365])
  const { rows } = await it.owner.query<{ evidence: { consentEventId: string }; id: string; kind: string; how: string; text_id: string }>(
    'select g.evidence, e.id, e.kind, e.how, e.text_id from grounds g join consent_events e on e.person_id = g.person_id where g.person_id = $1',
    [body.id],
  )
  assert.deepEqual(rows, [{ evidence: { consentEventId: rows[0]?.id ?? '' }, id: rows[0]?.id ?? '', kind: 'request', how: 'staff_paper', text_id: texts.request ?? '' }])
  const advertised = await create({ activityCode: 'marketing', basis: 'consent', consent: { how: 'staff_paper' } })
  assert.equal((await card(advertised.body.id)).grounds.length, 1, 'one consent, one ground')
  for (const [ground2, field, why] of [
    [{ activityCode: 'relations', basis: 'consent' }, 'ground.consent', 'consent_needed'],
    [{ activityCode: 'relations', basis: 'consent', consent: { how: 'staff_call', textId: texts.advertising_data } }, 'ground.consent.textId', 'unknown'],
    [{ activityCode: 'lead', basis: 'contract', consent: { how: 'staff_call' } }, 'ground.consent', 'not_on_consent'],
    [{ activityCode: 'employment', basis: 'contract' }, 'ground.activityCode', 'not_by_hand'],
    [{ activityCode: 'rights', basis: 'law' }, 'ground.activityCode', 'not_by_hand'],
  ] as const) {
    const refused = await create(ground2)
    assert.deepEqual([refused.status, refused.body.fields], [422, [{ at: field, why }]])
  }
})

test('a withdrawal ends what rests on the consent at once, tells the recipients, and leaves other grounds alone', async () => {
  const { body } = await create({ activityCode: 'relations', basis: 'consent', consent: { how: 'staff_call' } })
  await say(body.id, 'advertising_data', 'given')
  assert.deepEqual((await card(body.id)).grounds.map(({ activityCode }) => activityCode).sort(), ['marketing', 'relations'])
  await say(body.id, 'advertising_data', 'withdrawn')
  const still = await card(body.id)
  assert.deepEqual(still.grounds.map(({ activityCode, endedReason }) => [activityCode, endedReason]).sort(), [
    ['marketing', 'consent_withdrawn'],
    ['relations', null],
  ])
  const stays = (await create({ activityCode: 'relations', basis: 'consent', consent: { how: 'staff_call' } })).body.id
  await it.owner.query(`insert into disclosures (tenant_id, id, person_id, recipient_name, basis, what, at) values ($1, $2, $3, 'ООО «Урал»', 'consent', '{contact}', now())`, [
    anna.dealer.tenantId,
    randomUUID(),
    body.id,
  ])
  for (const id of [body.id, stays]) await say(id, 'request', 'withdrawn')
  const ended = await card(body.id)
  assert.ok(ended.grounds.every(({ endedAt }) => endedAt !== null))
  assert.equal(daysAhead(ended.destroyAfter), 30)
  assert.equal((await it.events(anna.dealer, 'ground.ended')).filter(({ personIds }) => personIds.includes(body.id)).length, 2)
  const told = async (personId: string): Promise<string[]> => {
    const { rows } = await it.owner.query<{ what: string }>(
      `select j.payload ->> 'what' what from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'recipients-told' and j.payload ->> 'personId' = $1`,
      [personId],
    )
    return rows.map(({ what }) => what)
  }
  assert.deepEqual([await told(body.id), await told(stays)], [['withdrawn'], []], 'of whom nothing ever left nobody is told')
  const kept = await client()
  await say(kept, 'request', 'refused')
  assert.equal((await card(kept)).grounds[0]?.endedAt, null, 'a contract does not end with a consent')
})

test('a consent that ran out ends its grounds as well', async () => {
  const { body } = await create({ activityCode: 'lead', basis: 'consent', consent: { how: 'staff_call' } })
  await it.owner.query(`update consent_events set at = at - interval '400 days', valid_until = now() - interval '1 day' where person_id = $1`, [body.id])
  await it.owner.query('update grounds set until = null where person_id = $1', [body.id])
  await job(expireConsents)
  const [ground] = (await card(body.id)).grounds
  assert.deepEqual([ground?.endedReason, ground?.endedAt !== null], ['consent_expired', true])
})

test('a "no" needs no text, a "yes" does, and a text of another kind or company is named', async () => {
  const id = await client()
  const no = await say(id, 'advertising_sms', 'refused')
  assert.equal(no.status, 200, JSON.stringify(no.body))
  const { body } = await anna.get<{ events: { kind: string; textId: string | null; textVersion: number | null }[] }>(`/persons/${id}/consents`)
  assert.deepEqual(
    body.events.map(({ kind, textId, textVersion }) => [kind, textId, textVersion]),
    [['advertising_sms', null, null]],
  )
  assert.deepEqual(
    [(await say(id, 'advertising_sms', 'given')).body.error, (await anna.get<{ because: string }>(`/persons/${id}/may-contact?channel=sms&messageKind=advertising`)).body.because],
    ['no_text', 'objection'],
  )
  for (const textId of [texts.request, randomUUID()]) assert.deepEqual((await say(id, 'advertising_email', 'given', { textId })).body.fields, [{ at: 'textId', why: 'unknown' }])
  const second = await igor.post<{ id: string }>('/consent-texts', { kind: 'advertising_call', parts, validDays: 30 })
  await say(id, 'advertising_call', 'given', { textId: texts.advertising_call })
  await say(id, 'advertising_call', 'withdrawn')
  const { rows } = await it.owner.query(`select text_id from consent_events where person_id = $1 and kind = 'advertising_call' order by at`, [id])
  assert.deepEqual(
    rows.map(({ text_id }) => text_id),
    [texts.advertising_call, texts.advertising_call],
    'what is withdrawn is what was agreed to',
  )
  assert.notEqual(second.body.id, texts.advertising_call)
})

test('what is said at a door keeps the page, and from where it came only sealed; a box left empty is no word', async () => {
  const id = await client()
  const words: DoorWord[] = [
    { kind: 'request', state: 'given', textId: texts.request },
    { kind: 'advertising_data', state: 'given', textId: texts.advertising_data },
  ]
  const asker = { kind: 'site' } as const
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда') on conflict do nothing`, [anna.dealer.tenantId])
  const evidence = { address: '203.0.113.77', agent: 'Mozilla/5.0 (evidence)' }
  const events = await job((ctx) =>
    recordAtDoor(Object.create(ctx, { asker: { value: asker } }), { personId: id, words, how: 'site', place: 'site:zvezda/models/Аврора?x=1', evidence }),
  )
  assert.deepEqual(Object.keys(events).sort(), ['advertising_data', 'request'])
  const { rows } = await it.owner.query('select kind, place, how, by_id from consent_events where person_id = $1 order by kind', [id])
  assert.deepEqual(
    rows.map(({ kind, place, how, by_id }) => [kind, place, how, by_id]),
    [
      ['advertising_data', 'site:zvezda/models/--------x-1', 'site', null],
      ['request', 'site:zvezda/models/--------x-1', 'site', null],
    ].map(([kind, , ...rest]) => [kind, rows[0].place, ...rest]),
  )
  assert.match(rows[0].place, /^[a-z0-9:/_.-]+$/)
  const { rows: facts } = await it.owner.query(`select payload from facts where person_id = $1 and class = 'communication' and record_id = any ($2::uuid[])`, [
    id,
    Object.values(events),
  ])
  assert.equal(facts.length, 2)
  const { rows: everywhere } = await it.owner.query(`select count(*)::int n from log_events where details::text like '%203.0.113%' or details::text like '%(evidence)%'`)
  assert.equal(everywhere[0].n, 0)
  const wrong = job((ctx) => recordAtDoor(ctx, { personId: id, words: [{ kind: 'request', state: 'given', textId: texts.advertising_data }], how: 'site', place: 'x', evidence }))
  await assert.rejects(wrong, (error: { fields?: { at: string }[] }) => error.fields?.[0]?.at === 'words.0.textId')
})

test('a tick on a site, where anybody may write down anybody’s phone, does not lift a "no"; a word to a colleague does', async () => {
  const id = await client()
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда') on conflict do nothing`, [anna.dealer.tenantId])
  for (const kind of ['advertising_data', 'advertising_call']) await anna.post(`/persons/${id}/consents`, { kind, state: 'given', how: 'staff_call' })
  await anna.post(`/persons/${id}/consents`, { kind: 'advertising_call', state: 'withdrawn', how: 'staff_call' })
  const why = async () => (await anna.get<{ because: string }>(`/persons/${id}/may-contact?channel=call&messageKind=advertising`)).body.because
  const words: DoorWord[] = [{ kind: 'advertising_call', state: 'given', textId: texts.advertising_call }]
  const evidence = { address: '203.0.113.78', agent: 'Mozilla/5.0' }
  await job((ctx) => recordAtDoor(Object.create(ctx, { asker: { value: { kind: 'site' } } }), { personId: id, words, how: 'site', place: 'site:zvezda/request', evidence }))
  assert.equal(await why(), 'objection')
  await anna.post(`/persons/${id}/consents`, { kind: 'advertising_call', state: 'given', how: 'staff_call' })
  assert.equal(await why(), 'consents')
})

test('a "no" goes along when the phone is corrected, and a tick on a site does not get around it', async () => {
  const id = await client()
  const { body } = await igor.get<{ version: number }>(`/persons/${id}`)
  for (const kind of ['advertising_data', 'advertising_call'] as const) await say(id, kind, 'given')
  await say(id, 'advertising_call', 'withdrawn')
  const contact = { fullName: 'Соколова Вера', phones: [phone()], emails: [] }
  assert.equal((await anna.patch(`/persons/${id}`, { version: body.version, contact })).status, 200)
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда') on conflict do nothing`, [anna.dealer.tenantId])
  const words: DoorWord[] = [{ kind: 'advertising_call', state: 'given', textId: texts.advertising_call }]
  const evidence = { address: '203.0.113.79', agent: 'Mozilla/5.0' }
  it.clock.forward(1_000)
  await job((ctx) => recordAtDoor(Object.create(ctx, { asker: { value: { kind: 'site' } } }), { personId: id, words, how: 'site', place: 'site:zvezda/request', evidence }))
  const verdict = await anna.get<{ may: boolean; because: string }>(`/persons/${id}/may-contact?channel=call&messageKind=advertising`)
  assert.deepEqual([verdict.body.may, verdict.body.because], [false, 'objection'])
})

test('"write to me and call me no more" takes back every consent to advertising and closes every channel, also those never agreed to', async () => {
  const id = await client()
  for (const kind of ['advertising_data', 'advertising_email'] as const) await say(id, kind, 'given')
  const withdrawn = await job((ctx) => objectToAll(ctx, { personId: id, how: 'portal' }))
  assert.deepEqual([...withdrawn].sort(), ['advertising_data', 'advertising_email'])
  for (const channel of ['email', 'sms', 'call'])
    assert.equal((await anna.get<{ because: string }>(`/persons/${id}/may-contact?channel=${channel}&messageKind=advertising`)).body.because, 'objection')
  assert.deepEqual(await job((ctx) => objectToAll(ctx, { personId: id, how: 'portal' })), [])
})

type Step = { who: 0 | 1; state: 'given' | 'refused' | 'withdrawn'; after: number }
test('a "no" survives any order, merge and repeat: whatever was said, the last word about a phone decides, and of one instant the "no" does', async () => {
  const steps = fc.array(
    fc.record({
      who: fc.constantFrom(0 as const, 1 as const),
      state: fc.constantFrom('given' as const, 'refused' as const, 'withdrawn' as const),
      after: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 7 },
  )
  await fc.assert(
    fc.asyncProperty(steps, fc.boolean(), async (story, isReversed) => {
      const shared = phone()
      // Two cards of one human, as imports make them: they share the phone, so they share the "no".
      const cards = [await client(shared), await client(shared)] as const
      for (const id of cards) await say(id, 'advertising_data', 'given')
      const begin = it.clock.now.getTime() + 1_000
      const told = timed(story, begin)
      // Words may arrive late and in any order; when they were said is what counts.
      for (const step of isReversed ? told.toReversed() : told)
        await job((ctx) =>
          addConsent(Object.create(ctx, { now: { value: () => step.at } }), { personId: cards[step.who], kind: 'advertising_call', state: step.state, how: 'staff_call' }),
        )
      const end = new Date(begin + 60_000)
      for (const [who, id] of cards.entries()) {
        const { may } = await job((ctx) => mayContact(Object.create(ctx, { now: { value: () => end } }), { personId: id, channel: 'call', messageKind: 'advertising' }))
        const own = told.filter((step) => step.who === who)
        const lastNo = Math.max(-1, ...told.filter(({ state }) => state !== 'given').map(({ at }) => at.getTime()))
        const lastYesOfAnyone = Math.max(-1, ...told.filter(({ state }) => state === 'given').map(({ at }) => at.getTime()))
        if (lastNo >= lastYesOfAnyone) assert.equal(may, false, `${JSON.stringify(story)} ${isReversed}`)
        if (own.every(({ state }) => state !== 'given')) assert.equal(may, false, 'nobody agreed on this card')
        if (told.every(({ state }) => state === 'given') && own.length > 0) assert.equal(may, true)
      }
    }),
    { numRuns: 12 },
  )
})

function timed(story: readonly Step[], begin: number): (Step & { at: Date })[] {
  let at = begin
  return story.map((step) => ({ ...step, at: new Date((at += step.after * 1_000)) }))
}
