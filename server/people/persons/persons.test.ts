import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Card = {
  version: number
  state: string
  masked: { name: string; phone: string; email: string | null }
  grounds: { id: string }[]
  vehicles: { vinTail: string | null; plateMasked: string | null }[]
  destroyAfter: string | null
}
type Refused = { error: string; requestId?: string; fields?: { at: string; why: string }[]; details?: { current?: Record<string, unknown> } }

let house: Stage
let anna: Person
const ends = openEnds()
before(async () => {
  house = await stage(ends)
  anna = await house.hire('operator')
})
after(ends.close)

let numbers = 1000
const aPerson = (phone = `8 (999) 001-${String(++numbers).slice(0, 2)}-${String(numbers).slice(2)}`, fullName = 'Иванов Пётр Сергеевич') => ({
  contact: { fullName, phones: [phone], emails: [] as string[] },
  ground: { activityCode: 'lead', basis: 'contract' },
})
const create = async (who: Person, draft = aPerson()): Promise<string> => (await who.post<{ id: string }>('/persons', draft)).body.id
const bare = ({ status, body }: { status: number; body: Refused }) => ({ status, body: { ...body, requestId: '' } })

test('Anna creates a client on a ground, finds them by the tail of the phone, and every look is on the record', async () => {
  const created = await anna.post<{ id: string }>('/persons', aPerson('8 (999) 000-11-22'))
  assert.equal(created.status, 200, JSON.stringify(created.body))
  const card = await anna.get<Card>(`/persons/${created.body.id}`)
  assert.equal(card.status, 200, JSON.stringify(card.body))
  assert.match(card.body.masked.phone, /11 22$/)
  assert.doesNotMatch(JSON.stringify(card.body), /9990001122/)
  const found = await anna.post<{ hits: { id: string }[] }>('/persons/search', { query: '1122' })
  assert.deepEqual(
    found.body.hits.map(({ id }) => id),
    [created.body.id],
  )
  const opened = await anna.post<{ contact: { phones: { e164: string; typed: string }[] } }>(`/persons/${created.body.id}/reveal`, { purpose: 'request_handling' })
  assert.deepEqual(opened.body.contact.phones[0], { e164: '+79990001122', typed: '8 (999) 000-11-22' })
  const said = (await house.events(anna.dealer)).map(({ event }) => event)
  for (const event of ['person.created', 'person.listed', 'person.searched', 'person.revealed']) assert.ok(said.includes(event), `${event} in ${said.join(' ')}`)
})

test('sex is what the client has told and nothing else: left out it stays empty, from a name it is guessed by no door', async () => {
  const opened = async (id: string) => (await anna.post<{ contact: Record<string, unknown> }>(`/persons/${id}/reveal`, { purpose: 'request_handling' })).body.contact
  const silent = await create(anna, aPerson(undefined, 'Смирнова Анна Ивановна'))
  assert.deepEqual([(await opened(silent)).surname, 'sex' in (await opened(silent))], ['Смирнова', false])
  const site = await house.machine(anna.dealer)
  const asked = await site.post<{ leadId: string }>('/intake/leads', {
    sourceCode: 'site',
    externalRef: 'sex-1',
    contact: { fullName: 'Кузнецова Ольга Петровна', phones: ['8 (999) 001-77-01'] },
  })
  assert.equal(asked.status, 200, JSON.stringify(asked.body))
  const { rows } = await house.owner.query<{ id: string }>('select person_id id from leads where id = $1', [asked.body.leadId])
  assert.equal('sex' in (await opened(rows[0]?.id ?? '')), false)
  const draft = aPerson(undefined, 'Павлова Вера')
  const told = await create(anna, { ...draft, contact: { ...draft.contact, sex: 'f' } as never })
  assert.equal((await opened(told)).sex, 'f')
})

test('a surname typed with the wrong keyboard layout, in Latin letters or with one slip finds the client', async () => {
  const id = await create(anna, aPerson(undefined, 'Щербаков Юрий Львович'))
  for (const query of ['Щербаков', 'Oth,frjd', 'Shcherbakov', 'Щербоков']) {
    const { status, body } = await anna.post<{ hits: { id: string; because: string }[] }>('/persons/search', { query })
    assert.equal(status, 200)
    assert.ok(
      body.hits.some((hit) => hit.id === id),
      `${query}: ${JSON.stringify(body)}`,
    )
  }
})

test('a client’s cars show tails only, until they are opened', async () => {
  const created = await anna.post<{ personId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    contact: { phones: ['+7 999 777 00 01'] },
    interest: 'trade_in',
    ownCar: { vin: 'XTA210990Y2766389', plate: 'А123ВС777', year: 2019 },
  })
  assert.equal(created.status, 200, JSON.stringify(created.body))
  const { body } = await anna.get<Card>(`/persons/${created.body.personId}`)
  assert.deepEqual(
    body.vehicles.map(({ vinTail, plateMasked }) => [vinTail, plateMasked]),
    [['6389', 'А ··· ВС 777']],
    JSON.stringify(body),
  )
  assert.doesNotMatch(JSON.stringify(body), /XTA210990|А123ВС/)
  const opened = await anna.post<{ vehicles: { vin: string; plate: string }[] }>(`/persons/${created.body.personId}/reveal`, { purpose: 'request_handling' })
  assert.deepEqual(
    opened.body.vehicles.map(({ vin, plate }) => [vin, plate]),
    [['XTA210990Y2766389', 'А123ВС777']],
  )
})

test('a correction replaces the facts and how the client is found; a lost update is refused', async () => {
  const id = await create(anna, aPerson('+7 999 010 20 30'))
  const edited = await anna.patch<{ version: number }>(`/persons/${id}`, { version: 1, contact: { surname: 'Соколова', given: 'Инна', phones: ['+7 999 010 40 50'] } })
  assert.deepEqual([edited.status, edited.body.version], [200, 2], JSON.stringify(edited.body))
  const found = async (query: string): Promise<boolean> => (await anna.post<{ hits: { id: string }[] }>('/persons/search', { query })).body.hits.some((hit) => hit.id === id)
  assert.deepEqual([await found('+79990104050'), await found('+79990102030')], [true, false])
  const lost = await anna.patch<Refused>(`/persons/${id}`, { version: 1, contact: { surname: 'Соколовский', phones: ['+7 999 010 40 50'] } })
  assert.deepEqual([lost.status, lost.body.error, lost.body.details?.current], [409, 'stale', { version: 2 }])
  const { body } = await anna.get<Card>(`/persons/${id}`)
  assert.deepEqual([body.version, body.masked.name], [2, 'Соколова И.'])
  assert.ok((await house.events(anna.dealer, 'person.edited')).some(({ objectId }) => objectId === id))
})

test('a seller is warned of a client who exists but whom they may not see, and is told nothing more', async () => {
  const [ivan, oleg] = [await house.hire('seller'), await house.hire('seller')]
  const id = await create(ivan, aPerson('+7 999 020 30 40'))
  const his = await ivan.post<{ seen: { id: string }[]; hidden: number }>('/persons/duplicates', { phones: ['89990203040'] })
  assert.deepEqual([his.body.seen.map((row) => row.id), his.body.hidden], [[id], 0])
  const hidden = await oleg.post<{ seen: unknown[]; hidden: number }>('/persons/duplicates', { phones: ['89990203040'] })
  assert.deepEqual([hidden.body.seen, hidden.body.hidden], [[], 1])
  assert.deepEqual(bare(await oleg.get<Refused>(`/persons/${id}`)), bare(await oleg.get<Refused>(`/persons/${randomUUID()}`)))
  const list = await oleg.get<{ rows: { id: string }[] }>('/persons?limit=100')
  assert.ok(!list.body.rows.some((row) => row.id === id))
  const hits = await oleg.post<{ hits: { id: string }[] }>('/persons/search', { query: '+79990203040' })
  assert.deepEqual(hits.body.hits, [])
})

test('the list goes on page by page and can be narrowed to one’s own clients', async () => {
  const ivan = await house.hire('seller')
  const ids: string[] = []
  for (let i = 0; i < 3; i++) {
    ids.push(await create(ivan))
    house.clock.forward(1000)
  }
  const first = await ivan.get<{ rows: { id: string }[]; nextCursor: string }>('/persons?mine=true&limit=2')
  const second = await ivan.get<{ rows: { id: string }[]; nextCursor: null }>(`/persons?mine=true&limit=2&cursor=${first.body.nextCursor}`)
  assert.deepEqual(
    [...first.body.rows, ...second.body.rows].map((row) => row.id),
    ids.reverse(),
  )
  assert.equal((await ivan.get<Refused>('/persons?cursor=nonsense')).status, 422)
})

test('nobody is held without a ground, and what cannot be read is named', async () => {
  const draft = aPerson()
  const groundless = await anna.post<Refused>('/persons', { ...draft, ground: { activityCode: 'lead', basis: 'law' } })
  assert.deepEqual([groundless.status, groundless.body.error], [403, 'no_ground'])
  const unreadable = await anna.post<Refused>('/persons', { ...draft, contact: { surname: '12', phones: ['12345'] } })
  assert.deepEqual([unreadable.status, unreadable.body.fields?.map(({ at }) => at)], [422, ['contact.phones.0', 'contact.surname']])
  assert.equal((await house.stranger.post('/persons', draft)).status, 401)
  assert.equal((await (await house.hire('marketer')).post('/persons', draft)).status, 403)
})

test('for a purpose that no ground names nothing is opened', async () => {
  const id = await create(anna)
  const refused = await anna.post<Refused>(`/persons/${id}/reveal`, { purpose: 'marketing' })
  assert.deepEqual([refused.status, refused.body.error], [403, 'no_ground'])
})

test('a client of another dealer does not exist', async () => {
  const boris = await house.hire('operator', { dealer: await house.dealer('Чужой') })
  const id = await create(anna)
  const nobody = randomUUID()
  for (const [method, path, body] of [
    ['get', '', undefined],
    ['post', '/reveal', { purpose: 'request_handling' }],
    ['patch', '', { version: 1, contact: { surname: 'Ю', phones: ['+79990001122'] } }],
  ] as const) {
    const ask = (who: string) => (method === 'get' ? boris.get<Refused>(`/persons/${who}${path}`) : boris[method]<Refused>(`/persons/${who}${path}`, body))
    const hers = bare(await ask(id))
    assert.equal(hers.status, 404)
    assert.deepEqual(hers, bare(await ask(nobody)))
  }
})
