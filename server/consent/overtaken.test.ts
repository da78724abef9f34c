import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { ConsentKind } from '../../contract/consent/consent.ts'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { mayContact } from './contacting/may-contact.ts'
import { addConsent } from './events/add-consent.ts'

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
type Card = { grounds: { id: string; activityCode: string; endedAt: string | null }[] }

let it: Stage
let anna: Person
let igor: Person
const ends = openEnds()
before(async () => {
  it = await stage(ends)
  anna = await it.hire('operator')
  igor = await it.hire('privacy_officer')
  for (const kind of ['advertising_data', 'advertising_call'] as const) await igor.post('/consent-texts', { kind, parts, validDays: 365 })
})
after(ends.close)

let numbers = 3000
const client = async (): Promise<string> => {
  const contact = { fullName: 'Соколова Вера', phones: [`+7999702${numbers++}`] }
  return (await anna.post<{ id: string }>('/persons', { contact, ground: { activityCode: 'lead', basis: 'contract' } })).body.id
}
const card = async (id: string): Promise<Card> => (await igor.get<Card>(`/persons/${id}`)).body
const say = (id: string, kind: ConsentKind, state: string) => anna.post(`/persons/${id}/consents`, { kind, state, how: 'staff_call' })
const job = <T>(run: Parameters<typeof it.job<T>>[2]): Promise<T> => it.job(anna.dealer, 'expire-consents', run)

test('of a "yes" and a "no" that are written down at the same moment the "no" stays, whichever transaction is the slower', async () => {
  for (let round = 0; round < 6; round++) {
    const id = await client()
    await say(id, 'advertising_data', 'given')
    const at = it.clock.now.getTime() + 5_000
    const word = (state: 'given' | 'withdrawn', ms: number) =>
      job((ctx) => addConsent(Object.create(ctx, { now: { value: () => new Date(at + ms) } }), { personId: id, kind: 'advertising_call', state, how: 'staff_call' }))
    await Promise.all([word('given', 0), word('withdrawn', 1), word('given', 0)])
    const verdict = await job((ctx) =>
      mayContact(Object.create(ctx, { now: { value: () => new Date(at + 60_000) } }), { personId: id, channel: 'call', messageKind: 'advertising' }),
    )
    assert.deepEqual([verdict.may, verdict.because], [false, 'objection'])
  }
})

test('a "no" that overtakes the "yes" it answers leaves nobody held for advertising, whichever is written down first', async () => {
  const held = async (id: string): Promise<string[]> =>
    (await card(id)).grounds.filter(({ activityCode, endedAt }) => activityCode === 'marketing' && !endedAt).map(({ id: of }) => of)
  const tell = (id: string, state: 'given' | 'withdrawn', ms: number, between: () => Promise<void> = async () => {}) =>
    job(async (ctx) => {
      const at = new Date(it.clock.now.getTime() + ms)
      await addConsent(Object.create(ctx, { now: { value: () => at } }), { personId: id, kind: 'advertising_data', state, how: 'staff_call' })
      await between()
    })
  const [early, late] = [await client(), await client()]
  await tell(early, 'withdrawn', 2_000)
  await tell(early, 'given', 1_000)
  let no: Promise<void> | undefined
  await tell(late, 'given', 1_000, async () => {
    no = tell(late, 'withdrawn', 2_000)
    await new Promise((done) => setTimeout(done, 300))
  })
  await no
  assert.deepEqual([await held(early), await held(late)], [[], []])
})
