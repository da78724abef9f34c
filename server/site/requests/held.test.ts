import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { Dealer } from '../../../test/dealer.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { Revealed } from '../../vault/index.ts'
import { openBrowser, publishTexts } from '../browser-stage.ts'
import { onAccepted } from './accepted.ts'

type Event = { id: string; kind: string; state: string; how: string; place: string | null; text_id: string; at: Date; by_id: string | null }
type Kept = { id: string; receivedAt: string; version: number }
type Accepted = { leadId: string; version: number; error?: string }
type Draft = { interest: string; fullName: string; phones: string[]; emails: string[] }

let it: Stage
let dealer: Dealer
let anna: Person
let texts: Record<ConsentKind, string>
let at: string
before(async (t) => {
  it = await stage(t as never)
  dealer = await it.dealer('Звезда')
  anna = await it.hire('operator', { dealer })
  texts = await publishTexts(it, dealer)
  at = `/site/${(await it.site(dealer)).slug}/request`
})

const HOUR_MS = 3_600_000
let phones = 0
const newPhone = (): string => `+7 900 556-${String((phones += 1)).padStart(2, '0')}-00`

/** A request that looks like a machine's, with everything ticked that one needs for advertising calls. */
async function suspect(phone: string): Promise<Kept> {
  const browser = openBrowser(it, { 'user-agent': 'Mozilla/5.0 Canary-Agent-8642' })
  await browser.get(at)
  it.clock.forward(30_000)
  const ticked = { consent_request: texts.request, consent_advertising_data: texts.advertising_data, consent_advertising_call: texts.advertising_call }
  const fields = { interest: 'test_drive', name: 'Соколова Вера Ильинична', phone, wishes: 'Мой нынешний: https://cars.example/42', ...ticked }
  const page = await browser.post(at, { ...browser.hidden(at), ...fields })
  assert.equal(page.status, 303)
  const { body } = await anna.get<{ rows: Kept[] }>('/intake/messages')
  const kept = body.rows.find(({ id }) => id === page.location.split('/').at(-1))
  assert.ok(kept)
  return kept
}
async function accept({ id, version }: Kept, change: (draft: Draft) => Draft = (draft) => draft) {
  const { body } = await anna.post<{ draft: Draft }>(`/intake/messages/${id}/open`)
  const { interest, fullName, phones: known, emails } = change(body.draft)
  return anna.post<Accepted>(`/intake/messages/${id}/resubmit`, { version, intake: { interest, contact: { fullName, phones: known, emails } } })
}
async function personOf(leadId: string): Promise<string> {
  const { rows } = await it.owner.query<{ person_id: string }>(`select person_id from leads where tenant_id = $1 and id = $2`, [dealer.tenantId, leadId])
  return rows[0]!.person_id
}
const eventsOf = async (personId: string): Promise<Event[]> =>
  (await it.owner.query<Event>(`select * from consent_events where tenant_id = $1 and person_id = $2 order by kind, at`, [dealer.tenantId, personId])).rows
const countEvents = async (): Promise<number> => Number((await it.owner.query(`select count(*) n from consent_events where tenant_id = $1`, [dealer.tenantId])).rows[0].n)
const mayCall = async (personId: string) => (await anna.get<{ may: boolean; because: string }>(`/persons/${personId}/may-contact?channel=call&messageKind=advertising`)).body
async function holds(personId: string): Promise<string[]> {
  const { rows } = await it.owner.query<{ held: string }>(
    `select a.code || ' ' || g.basis held from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id where g.tenant_id = $1 and g.person_id = $2 and g.ended_at is null order by 1`,
    [dealer.tenantId, personId],
  )
  return rows.map(({ held }) => held)
}
/** Someone of this phone whom the company knows already. */
const known = async (phone: string): Promise<string> =>
  (await anna.post<{ id: string }>('/persons', { contact: { fullName: 'Соколова Вера', phones: [phone] }, ground: { activityCode: 'lead', basis: 'contract' } })).body.id

test('what Vera ticked in a request that looked like a robot’s counts for nothing until it is accepted, and then as of when she ticked it', async () => {
  const before = await countEvents()
  const kept = await suspect(newPhone())
  it.clock.forward(HOUR_MS / 3)
  assert.equal(await countEvents(), before)
  const opened = await anna.post<{ text: string }>(`/intake/messages/${kept.id}/open`)
  assert.match(opened.body.text, /Соколова/)
  assert.doesNotMatch(opened.body.text, /Canary-Agent|127\.0\.0\.1|"held"/, 'a colleague reads what she wrote, not what her browser told')

  const accepted = await accept(kept)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
  const personId = await personOf(accepted.body.leadId)
  const events = await eventsOf(personId)
  assert.deepEqual(
    events.map(({ kind, state, how, place, text_id, by_id, at: when }) => [kind, state, how, place, text_id, by_id, when.toISOString()]),
    (['advertising_call', 'advertising_data', 'request'] as const).map((kind) => [kind, 'given', 'site', `site:${at.slice(6)}`, texts[kind], null, kept.receivedAt]),
  )
  assert.deepEqual(await holds(personId), ['lead consent', 'marketing consent'])
  assert.deepEqual(await mayCall(personId).then(({ may, because }) => [may, because]), [true, 'consents'])
  const proofs = await it.job(dealer, 'lead-contact', (ctx) =>
    ctx.vault.reveal(ctx.asker, dealer.tenantId, {
      purpose: 'request_handling',
      personIds: [personId],
      classes: ['communication'],
      recordIds: events.map(({ id }) => id),
      masked: false,
      door: 'test',
    }),
  )
  const facts = proofs.flatMap((person) => (person.state === 'open' ? person.facts : [])).flatMap((fact) => (fact.class === 'communication' ? [fact.facts] : []))
  assert.equal(facts.length, 3)
  for (const fact of facts)
    assert.deepEqual(JSON.parse(Revealed.open(fact).text), { kind: 'consent_evidence', address: '127.0.0.1', agent: 'Mozilla/5.0 Canary-Agent-8642', at: kept.receivedAt })

  const again = await anna.post<Accepted>(`/intake/messages/${kept.id}/resubmit`, { version: accepted.body.version, intake: { contact: { phones: [newPhone()] } } })
  assert.deepEqual([again.status, again.body.error], [409, 'wrong_state'])
  assert.equal((await eventsOf(personId)).length, 3)
})

test('what is put aside for good leaves no consent; taken back and accepted it leaves each once', async () => {
  const kept = await suspect(newPhone())
  const before = await countEvents()
  const discarded = await anna.post<Kept>(`/intake/messages/${kept.id}/discard`, { version: kept.version, reason: 'spam' })
  assert.equal(await countEvents(), before)
  const restored = await anna.post<Kept>(`/intake/messages/${kept.id}/restore`, { version: discarded.body.version })
  const accepted = await accept({ ...kept, version: restored.body.version })
  assert.equal(accepted.status, 200)
  assert.equal((await eventsOf(await personOf(accepted.body.leadId))).length, 3)
})

test('a later "no" stands above what was ticked before it, whichever of them is written down first', async () => {
  for (const state of ['withdrawn', 'refused']) {
    const phone = newPhone()
    const personId = await known(phone)
    const kept = await suspect(phone)
    it.clock.forward(60_000)
    assert.equal((await anna.post(`/persons/${personId}/consents`, { kind: 'advertising_data', state, how: 'staff_call' })).status, 200)
    it.clock.forward(60_000)
    const accepted = await accept(kept)
    assert.equal(accepted.status, 200, JSON.stringify(accepted.body))
    assert.equal(await personOf(accepted.body.leadId), personId)
    assert.equal((await eventsOf(personId)).length, 4, 'what she had ticked is on record all the same')
    assert.equal((await mayCall(personId)).may, false)
    assert.ok(!(await holds(personId)).some((held) => held.startsWith('marketing')), state)
  }
})

test('an objection to calls that came meanwhile is not lifted', async () => {
  const phone = newPhone()
  const personId = await known(phone)
  const kept = await suspect(phone)
  it.clock.forward(60_000)
  await anna.post(`/persons/${personId}/consents`, { kind: 'advertising_call', state: 'refused', how: 'staff_call' })
  it.clock.forward(60_000)
  assert.equal((await accept(kept)).status, 200)
  assert.deepEqual(await mayCall(personId).then(({ may, because }) => [may, because]), [false, 'objection'])
})

test('a request whose own consent was withdrawn meanwhile is not taken in', async () => {
  const phone = newPhone()
  const personId = await known(phone)
  const kept = await suspect(phone)
  it.clock.forward(60_000)
  await anna.post(`/persons/${personId}/consents`, { kind: 'request', state: 'withdrawn', how: 'staff_call' })
  it.clock.forward(60_000)
  const before = await countEvents()
  const refused = await accept(kept)
  assert.deepEqual([refused.status, refused.body.error], [403, 'no_ground'])
  assert.equal(await countEvents(), before)
})

test('whoever accepts with none of her addresses takes in somebody who has agreed to nothing', async () => {
  const kept = await suspect(newPhone())
  const accepted = await accept(kept, (draft) => ({ ...draft, phones: [newPhone()] }))
  assert.equal(accepted.status, 200)
  const personId = await personOf(accepted.body.leadId)
  assert.deepEqual([await eventsOf(personId), await holds(personId)], [[], ['lead contract']])
})

test('a text that is none of ours is refused to a robot as to everybody', async () => {
  const browser = openBrowser(it)
  await browser.get(at)
  it.clock.forward(30_000)
  const fields = { interest: 'test_drive', name: 'Вера', phone: newPhone(), website: 'https://spam.example', consent_request: '019a0000-0000-7000-8000-000000000000' }
  assert.equal((await browser.post(at, { ...browser.hidden(at), ...fields })).status, 422)
})

test('a request that waited until its consent was over is not taken in', async () => {
  const kept = await suspect(newPhone())
  it.clock.forward(366 * 24 * HOUR_MS)
  anna = await it.hire('operator', { dealer })
  const refused = await accept(kept)
  assert.deepEqual([refused.status, refused.body.error], [403, 'no_ground'])
})

test('a request that was none of a robot’s gets what every request gets: the note, the mark of the policy, the letter, once', async () => {
  const browser = openBrowser(it)
  await browser.get(at)
  it.clock.forward(30_000)
  const fields = {
    interest: 'test_drive',
    name: 'Соколова Вера Ильинична',
    phone: newPhone(),
    email: 'vera.held@mail.example',
    wishes: 'Вот: https://cars.example/42',
    consent_request: texts.request,
  }
  const page = await browser.post(at, { ...browser.hidden(at), ...fields })
  const { body } = await anna.get<{ rows: Kept[] }>('/intake/messages')
  const { body: taken } = await accept(body.rows.find(({ id }) => id === page.location.split('/').at(-1))!)
  const count = async (text: string): Promise<number> => (await it.owner.query(text, [dealer.tenantId])).rowCount ?? 0
  const letters = `select from outbound_messages where tenant_id = $1 and letter = 'site-request' and payload ->> 'leadId' = '${taken.leadId}'`
  const notes = `select from site_requests where tenant_id = $1 and lead_id = '${taken.leadId}' and language = 'ru'`
  const waiting = await it.owner.query<{ payload: Record<string, unknown> }>(
    `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'site-accepted' and j.payload ->> 'leadId' = $1`,
    [taken.leadId],
  )
  const [job] = waiting.rows
  assert.ok(job)
  for (const _time of [1, 2]) await it.job(dealer, 'site-accepted', (ctx) => onAccepted(ctx, job.payload))
  assert.deepEqual([await count(notes), await count(letters)], [1, 1])
})
