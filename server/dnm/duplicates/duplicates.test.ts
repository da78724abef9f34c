import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import type { Act } from '../../kernel/index.ts'
import { ask, closeNetwork, later, look, newPhone, ok, openNetwork, tray, type NetworkStage } from '../network-stage.ts'
import { onRecipientsTold } from '../received/on-recipients-told.ts'

let at: NetworkStage
before(async () => {
  at = await openNetwork()
  for (const dealer of [at.zvezda, at.ural]) {
    const officer = await at.house.hire('privacy_officer', { dealer, outletId: null })
    await ok(officer.post('/consent-texts', { kind: 'request', parts: { ...parts, operations: [...parts.operations, named] }, validDays: 365 }))
  }
})
after(closeNetwork)

const named = 'предоставление дистрибьютору отпечатка телефона и почты, чтобы узнать повторное обращение'
const parts = {
  operator: { name: 'ООО «Звезда»', address: 'г. Москва, ул. Дорожная, 60' },
  purpose: 'Ответ на обращение.',
  data: ['имя', 'телефон'],
  processors: [],
  operations: ['сбор', 'хранение'],
  methods: 'Автоматизированные.',
  term: 'Один год.',
  withdrawal: 'Письмом оператору.',
}
type Made = { leadId: string; number: number; personId: string }
/** A client of the dealer's own, by a lead over the phone, who has agreed to nothing. */
const unasked = (who: NetworkStage['anna'], phone: string): Promise<Made> =>
  ok(who.post<Made>('/leads', { sourceId: who.dealer.sources.phone, interest: 'new_car', contact: { fullName: 'Орлова Вера Павловна', phones: [phone] } }))
/** The same who agrees to the text in force. */
async function byHand(who: NetworkStage['anna'], phone: string): Promise<Made> {
  const made = await unasked(who, phone)
  await ok(who.post(`/persons/${made.personId}/consents`, { kind: 'request', state: 'given', how: 'staff_call' }))
  return made
}
const tokens = async (leadId: string): Promise<number> => {
  const { rows } = await at.house.owner.query('select 1 from network_tokens where tenant_id = $1 and lead_id = $2', [at.veltara.tenantId, leadId])
  return rows.length
}

test('one human asking at a dealer and at the distributor is recognised on both sides, by number alone', async () => {
  const phone = newPhone()
  const first = await byHand(at.anna, phone)
  await at.settle()
  const second = await ask(at, { networkOutletId: at.ural.outletId, contact: { fullName: 'Вера', phones: [phone] } })
  await at.settle()
  assert.equal((await look(at.ulyana, second.leadId)).duplicateOf, first.number)
  const beside = await ok(at.anna.get<{ duplicateOf: number; transfer: null }>(`/leads/${first.leadId}/network`))
  assert.deepEqual(beside, { transfer: null, duplicateOf: second.number })
  const { rows } = await at.house.owner.query<{ all: string }>(`select row_to_json(t)::text as all from network_tokens t where tenant_id = $1`, [at.veltara.tenantId])
  for (const row of rows) for (const word of ['Вера', phone.replaceAll(' ', ''), first.personId]) assert.ok(!row.all.includes(word))
})

test('two dealers learn that the same person asked elsewhere, and not where', async () => {
  const phone = newPhone()
  const [anna, boris] = [await byHand(at.anna, phone), await byHand(at.boris, phone)]
  await at.settle()
  const seen = async (who: NetworkStage['anna'], { leadId }: Made) => ok(who.get<{ duplicateOf: number | null }>(`/leads/${leadId}/network`))
  assert.equal((await seen(at.anna, anna)).duplicateOf, boris.number)
  assert.equal((await seen(at.boris, boris)).duplicateOf, anna.number)
  const said = JSON.stringify(await seen(at.anna, anna))
  for (const word of ['Урал', at.ural.tenantId, boris.leadId, boris.personId]) assert.ok(!said.includes(word), word)
})

test('a dealer who has not agreed gives nothing away, and the vault sees to it', async () => {
  await at.house.owner.query('update network_dealers set shares_duplicates = false where tenant_id = $1 and id = $2', [at.veltara.tenantId, at.dealers.ural])
  const made = await byHand(at.boris, newPhone())
  assert.ok((await at.settle()).includes('network-tokens'))
  assert.equal(await tokens(made.leadId), 0)
  await at.house.owner.query('update network_memberships set shares_duplicates = false where tenant_id = $1', [at.ural.tenantId])
  const silent = await byHand(at.boris, newPhone())
  assert.deepEqual(
    (await at.settle()).filter((task) => task === 'network-tokens'),
    [],
  )
  assert.equal(await tokens(silent.leadId), 0)
})

test('of whoever has demanded a block nothing is hashed for the network', async () => {
  const made = await byHand(at.anna, newPhone())
  await at.house.owner.query('update persons set restricted_at = now() where id = $1', [made.personId])
  assert.ok((await at.settle()).includes('network-tokens'))
  assert.equal(await tokens(made.leadId), 0)
})

test('152-ФЗ ст. 6, 7: of whoever has agreed to nothing no hash leaves, whatever the companies agreed; nor under a text that names no distributor', async () => {
  const silent = await unasked(at.anna, newPhone())
  await at.settle()
  assert.equal(await tokens(silent.leadId), 0)
  const officer = await at.house.hire('privacy_officer', { dealer: at.zvezda, outletId: null })
  await ok(officer.post('/consent-texts', { kind: 'request', parts, validDays: 365 }))
  const bare = await byHand(at.anna, newPhone())
  await at.settle()
  assert.equal(await tokens(bare.leadId), 0)
  assert.equal((await at.house.owner.query('select 1 from network_shares where person_id = any ($1::uuid[])', [[silent.personId, bare.personId]])).rows.length, 0)
  await ok(officer.post('/consent-texts', { kind: 'request', parts: { ...parts, operations: [...parts.operations, named] }, validDays: 365 }))
  const agreed = await byHand(at.anna, newPhone())
  await at.settle()
  assert.equal(await tokens(agreed.leadId), 1)
  const [shared] = (await at.house.events(at.zvezda, 'network_lead.shared')).filter(({ objectId }) => objectId === agreed.leadId)
  assert.deepEqual([shared?.personIds, shared?.details.basis, shared?.details.network], [[agreed.personId], 'consent', at.veltara.tenantId])
})

test('whom the distributor handed over itself is told to it again by a hash, as long as the handing over holds', async () => {
  const phone = newPhone()
  await ask(at, { networkOutletId: at.zvezda.outletId, contact: { fullName: 'Вера', phones: [phone] } })
  await at.settle()
  const again = await unasked(at.anna, phone)
  await at.settle()
  assert.equal(await tokens(again.leadId), 1)
  await at.house.owner.query(`update received_transfers set ended_at = now(), ended_because = 'taken_back' where tenant_id = $1`, [at.zvezda.tenantId])
  const later = await ok(at.anna.post<Made>('/leads', { sourceId: at.zvezda.sources.phone, interest: 'service', contact: { fullName: 'Орлова Вера', phones: [phone] } }))
  await at.settle()
  assert.equal(await tokens(later.leadId), 0)
})

test('whoever is shared so sees the distributor among those who have their data, and the consent taken back takes the hashes out', async () => {
  const made = await byHand(at.anna, newPhone())
  await at.settle()
  const own = await at.house.subject(at.zvezda, [made.personId])
  const { rows } = await ok(own.get<{ rows: { name: string; basis: string; what: string[] }[] }>('/own/recipients'))
  assert.deepEqual(
    rows.map(({ name, basis, what }) => [name, basis, what]),
    [['Вельтара', 'consent', ['contact']]],
  )
  await ok(own.post(`/own/persons/${made.personId}/consents/request/withdraw`))
  await at.settle()
  assert.equal(await tokens(made.leadId), 0)
  assert.deepEqual((await ok(own.get<{ rows: unknown[] }>('/own/recipients'))).rows, [])
})

test('hashes go with the person, and after ninety days at the latest', async () => {
  const [gone, kept] = [await byHand(at.anna, newPhone()), await byHand(at.anna, newPhone())]
  await at.settle()
  assert.deepEqual([await tokens(gone.leadId), await tokens(kept.leadId)], [1, 1])
  await at.house.job(at.zvezda, 'recipients-told', async (ctx) => ctx.emit('recipients-told', { personId: gone.personId, what: 'destroyed' }))
  await at.settle()
  assert.deepEqual([await tokens(gone.leadId), await tokens(kept.leadId)], [0, 1])
  await later(at, 91 * 24 * 60)
  await at.house.job(at.veltara, 'network-sweep', async (ctx) => ctx.emit('network-sweep', {}))
  await at.settle()
  assert.equal(await tokens(kept.leadId), 0)
})

test('while hashes are taken out of a network no step waits for another: a worker with one connection does it too', async () => {
  const made = await byHand(at.anna, newPhone())
  await at.settle()
  let open = 0
  const alone =
    (tenantId: string): Act =>
    async (step) => {
      assert.equal(open++, 0, 'a step was taken inside of another')
      return at.house.job({ tenantId } as Dealer, 'recipients-told', step).finally(() => open--)
    }
  const about = { jobId: '1', attempt: 1, maxAttempts: 25, signal: new AbortController().signal }
  await onRecipientsTold(alone(at.zvezda.tenantId), { personId: made.personId, what: 'destroyed' }, about, alone)
  assert.equal(await tokens(made.leadId), 0)
  assert.equal((await at.house.owner.query('select 1 from network_shares where person_id = $1', [made.personId])).rows.length, 0)
})

test('who asks once is nobody’s duplicate', async () => {
  const { leadId } = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  assert.equal((await look(at.ulyana, leadId)).duplicateOf, null)
  assert.ok((await tray(at.anna)).length > 0)
})
