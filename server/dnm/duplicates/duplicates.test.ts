import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Dealer } from '../../../test/dealer.ts'
import type { Act } from '../../kernel/index.ts'
import { ask, closeNetwork, later, look, newPhone, ok, openNetwork, tray, type NetworkStage } from '../network-stage.ts'
import { onRecipientsTold } from '../received/on-recipients-told.ts'

let at: NetworkStage
before(async () => {
  at = await openNetwork()
})
after(closeNetwork)

type Made = { leadId: string; number: number; personId: string }
const byHand = (who: NetworkStage['anna'], phone: string): Promise<Made> =>
  ok(who.post<Made>('/leads', { sourceId: who.dealer.sources.phone, interest: 'new_car', contact: { fullName: 'Орлова Вера Павловна', phones: [phone] } }))
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
