import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { VaultRefusal } from './refusal.ts'
import { hashToken, newToken } from './token.ts'
import { vaultStage, type Dealer, type Hired } from './vault-stage.ts'
import type { VaultClient } from './client.ts'

const refused = (code: string) => (error: unknown) => error instanceof VaultRefusal && error.code === code
const phone = (e164: string) => [{ e164, typed: e164 }]
const find = async (vault: VaultClient, who: Hired, dealer: Dealer, query: string): Promise<string[]> =>
  (await vault.search(who.asker, dealer.tenantId, { purpose: 'sale', query, limit: 20, door: 'GET /people/search' })).map(({ personId }) => personId)

test('Anna finds a client by any end of the thread, and the log holds ids and no query', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const wanted = await stage.person(vault, dealer, anna)
  const other = await stage.person(vault, dealer, anna, { contact: { surname: 'Кузнецов', given: 'Пётр', patronymic: 'Ильич', phones: phone('+79167654321'), emails: [] } })
  await stage.keep(
    dealer,
    await vault.seal(anna.asker, dealer.tenantId, [
      { personId: wanted, class: 'vehicle', recordId: randomUUID(), version: 1, facts: { vin: 'XTA210990Y2765432', plate: 'А123ВС77' } },
    ]),
  )
  for (const query of [
    'Шереметьевская',
    'шереметьевск',
    'Шереметевская',
    'Sheremetyevskaya',
    '89161234567',
    '4567',
    'aglaya@mail.example',
    'XTA210990Y2765432',
    'а123вс77',
    'Шереметьевская Аглая',
  ]) {
    assert.deepEqual(await find(vault, anna, dealer, query), [wanted], query)
  }
  assert.deepEqual(await find(vault, anna, dealer, 'Кузнецов'), [other])
  assert.deepEqual(await find(vault, anna, dealer, 'Никтоев'), [])
  const events = await stage.events(dealer)
  assert.equal(events.length, 12)
  assert.deepEqual(events[0]?.person_ids, [wanted])
  assert.doesNotMatch(JSON.stringify(events), /Шереметь|4567|aglaya/i)
})

test('search shows nobody whom the asker may not see or hold: foreign, restricted, without ground, of a colleague', async (t) => {
  const stage = await vaultStage(t)
  const [dealer, other] = [await stage.dealer(), await stage.dealer()]
  const [anna, seller, boris, marketer] = [
    await stage.hire(dealer, 'operator'),
    await stage.hire(dealer, 'seller'),
    await stage.hire(other, 'operator'),
    await stage.hire(dealer, 'marketer'),
  ]
  const vault = stage.client()
  const free = await stage.person(vault, dealer, anna)
  const led = await stage.person(vault, dealer, anna, { responsibleId: anna.employeeId })
  const restricted = await stage.person(vault, dealer, anna)
  await stage.owner.query('update persons set restricted_at = now() where id = $1', [restricted])
  await stage.person(vault, dealer, anna, { isHeld: false })
  await stage.person(vault, dealer, anna, { purposes: ['marketing'] })
  assert.deepEqual((await find(vault, anna, dealer, 'Шереметьевская')).sort(), [free, led].sort())
  assert.deepEqual(await find(vault, seller, dealer, 'Шереметьевская'), [free])
  assert.deepEqual(await find(vault, boris, other, 'Шереметьевская'), [])
  await assert.rejects(find(vault, marketer, dealer, 'Шереметьевская'), refused('forbidden'))
})

test('a site’s key learns who is here already by id, and may do nothing else', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const [known, restricted] = [await stage.person(vault, dealer, anna), await stage.person(vault, dealer, anna, { contact: { phones: phone('+79167654321'), emails: [] } })]
  await stage.owner.query('update persons set restricted_at = now() where id = $1', [restricted])
  const token = newToken(dealer.tenantId)
  await stage.owner.query(`insert into integration_keys (tenant_id, id, name, token_hash, scopes, created_by) values ($1, $2, 'сайт', $3, '{lead.intake}', $4)`, [
    dealer.tenantId,
    randomUUID(),
    hashToken(token),
    anna.employeeId,
  ])
  const site = { kind: 'key', token } as const
  const items = [
    { phones: ['8 (916) 123-45-67'], emails: [], vins: [] },
    { phones: [], emails: ['AGLAYA@mail.example'], vins: [] },
    { phones: ['+79167654321'], emails: [], vins: [] },
    { phones: ['+79160000000', 'мусор'], emails: [], vins: [] },
  ]
  assert.deepEqual(await vault.match(site, dealer.tenantId, { items, door: 'POST /intake' }), [[known], [known], [restricted], []])
  await assert.rejects(vault.reveal(site, dealer.tenantId, { purpose: 'sale', personIds: [known], classes: ['contact'], masked: true, door: 'x' }), refused('forbidden'))
  await stage.owner.query(`update integration_keys set scopes = '{}'`)
  await assert.rejects(vault.match(site, dealer.tenantId, { items, door: 'POST /intake' }), refused('forbidden'))
  await stage.owner.query('update integration_keys set revoked_at = now()')
  await assert.rejects(vault.match(site, dealer.tenantId, { items, door: 'POST /intake' }), refused('not_signed_in'))
})
