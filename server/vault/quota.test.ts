import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RevealRequest } from './protocol.ts'
import { VaultRefusal } from './refusal.ts'
import { hashToken, newToken } from './token.ts'
import { vaultStage, type Dealer, type Hired, type VaultStage } from './vault-stage.ts'

const ask = (personIds: string[], more: Partial<RevealRequest> = {}): RevealRequest => ({
  purpose: 'sale',
  personIds,
  classes: ['contact'],
  masked: false,
  door: 'POST /people/reveal',
  ...more,
})
const refused = (code: string) => (error: unknown) => error instanceof VaultRefusal && error.code === code

async function peopleOf(stage: VaultStage, dealer: Dealer, by: Hired, count: number): Promise<string[]> {
  const vault = stage.client()
  return Promise.all(Array.from({ length: count }, () => stage.person(vault, dealer, by)))
}

test('a tray that stays open and asks again and again costs its people once, also after a restart', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 300, listed: 52, matched: 100 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const people = await peopleOf(stage, dealer, anna, 53)
  const vault = stage.client()
  const page = ask(people.slice(0, 50), { masked: true })
  for (let refetches = 0; refetches < 200; refetches++) await vault.reveal(anna.asker, dealer.tenantId, page)
  await vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(49, 52), { masked: true }))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(50), { masked: true })), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(50), { masked: true })), refused('quota'))
  await vault.reveal(anna.asker, dealer.tenantId, page)
})

test('who opens more people in an hour than the limit is stopped, also after a restart', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 3, listed: 5 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const people: string[] = []
  for (let i = 0; i < 4; i++) people.push(await stage.person(vault, dealer, anna))
  await vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(0, 2)))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask(people)), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(2))), refused('quota'))
  await vault.reveal(anna.asker, dealer.tenantId, ask(people.slice(0, 3)))
  await vault.reveal(anna.asker, dealer.tenantId, ask(people, { masked: true }))
})

test('an hour after the last look at them people count anew', async (t) => {
  let now = Date.now()
  const stage = await vaultStage(t, { limits: { revealed: 2, listed: 100, matched: 100 }, now: () => now })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const [first = '', second = '', third = ''] = await peopleOf(stage, dealer, anna, 3)
  const vault = stage.client()
  await vault.reveal(anna.asker, dealer.tenantId, ask([first, second]))
  now += 40 * 60_000
  await vault.reveal(anna.asker, dealer.tenantId, ask([second]))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([third])), refused('quota'))
  now += 21 * 60_000
  await vault.reveal(anna.asker, dealer.tenantId, ask([third]))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([first])), refused('quota'))
})

test('people found by search are on the same bill as people in lists, also after a restart', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 100, listed: 1, matched: 100 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const [first = ''] = await peopleOf(stage, dealer, anna, 1)
  const second = await stage.person(vault, dealer, anna, { contact: { surname: 'Воробьёв' } })
  const found = await vault.search(anna.asker, dealer.tenantId, { purpose: 'sale', query: 'Шереметьевская', limit: 10, door: 'GET /search' })
  assert.deepEqual(
    found.map(({ personId }) => personId),
    [first],
  )
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([second], { masked: true })), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([second], { masked: true })), refused('quota'))
  await vault.reveal(anna.asker, dealer.tenantId, ask([first], { masked: true }))
})

test('whoever tries out phones learns of so many people an hour and no more, and a canary among them rings', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 100, listed: 100, matched: 2 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const phones = ['+79161234501', '+79161234502', '+79161234503']
  const people: string[] = []
  for (const e164 of phones) people.push(await stage.person(vault, dealer, anna, { contact: { phones: [{ e164, typed: e164 }] } }))
  await stage.keysOwner.query('insert into canaries values ($1, $2)', [dealer.tenantId, people[0]])
  await stage.stop()
  await stage.start()
  const match = (...asked: string[]) =>
    vault.match(anna.asker, dealer.tenantId, { items: asked.map((phone) => ({ phones: [phone], emails: [], vins: [] })), door: 'POST /persons/duplicates' })
  assert.deepEqual((await match(...phones.slice(0, 2))).flat(), people.slice(0, 2))
  await match(...phones.slice(0, 2))
  await assert.rejects(match(...phones), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(match(...phones), refused('quota'))
  const rung = (await stage.events(dealer)).filter(({ event }) => event === 'canary.revealed')
  assert.deepEqual(
    rung.map(({ person_ids: ids }) => ids),
    [[people[0]], [people[0]]],
  )
})

test('whoever makes sessions of persons for themself opens ten times the limit of a colleague, also after a restart, however many sessions', async (t) => {
  const stage = await vaultStage(t, { limits: { revealed: 1, listed: 100, matched: 100 } })
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const people = await peopleOf(stage, dealer, anna, 11)
  const askers: { kind: 'subject'; token: string }[] = []
  for (const personId of people) {
    const token = newToken(dealer.tenantId)
    const values = [dealer.tenantId, hashToken(token), personId]
    await stage.owner.query(
      `with opened as (insert into portal_sessions (tenant_id, id, token_hash, how, created_at, last_seen_at, expires_at, is_proved) values ($1, gen_random_uuid(), $2, 'code', now(), now(), now() + interval '1 hour', true)
        returning id) insert into portal_session_persons (tenant_id, session_id, person_id) select $1, id, $3 from opened`,
      values,
    )
    askers.push({ kind: 'subject', token })
  }
  const vault = stage.client()
  const open = (at: number) => vault.reveal(askers[at]!, dealer.tenantId, ask([people[at] ?? ''], { purpose: 'rights' }))
  for (let at = 0; at < 10; at++) assert.equal((await open(at))[0]?.state, 'open')
  await assert.rejects(open(10), refused('quota'))
  await stage.stop()
  await stage.start()
  await assert.rejects(open(10), refused('quota'))
  assert.equal((await open(3))[0]?.state, 'open')
})
