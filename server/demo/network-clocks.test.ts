import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../test/ends.ts'
import { stage, type Stage } from '../../test/stage.ts'
import { closeNetwork, settler } from '../dnm/network-stage.ts'
import { companyIn, demoNetwork } from './network.ts'
import { seedDemo } from './seed.ts'

const seed = 'clocks'
const veltara = companyIn(demoNetwork(seed), 'veltara').tenant.tenantId
const ends = openEnds()
let house: Stage
let settle: () => Promise<string[]>
before(async () => {
  house = await stage(ends)
  house.clock.now = new Date('2027-03-17T12:00:00+03:00')
  await seedDemo({ pool: house.owner, sealer: house.sealer, now: house.clock.now, seed, peoplePerDealer: 60 })
  settle = settler(house)
})
after(async () => {
  await closeNetwork()
  await ends.close()
})

type Lead = { id: string; dealer: string; state: string; isEscalated: boolean; attempts: number; transferId: string }
const leads = async (ids: readonly string[] = []): Promise<Lead[]> =>
  (
    await house.owner.query<Lead>(
      `select n.id, d.code dealer, n.state, n.escalated_at is not null "isEscalated", n.attempts, n.transfer_id "transferId" from network_leads n left join network_dealers d on d.tenant_id = $1 and d.id = n.dealer_id
       where n.tenant_id = $1 and (n.id = any ($2::uuid[]) or (cardinality($2::uuid[]) = 0 and n.state in ('received', 'taken'))) order by n.id`,
      [veltara, ids],
    )
  ).rows

test('what waits in the demo is brought before the lead desk, and goes on to the next dealer, by itself', async () => {
  const before = await leads()
  const taken = before.filter(({ state }) => state === 'taken')
  assert.deepEqual([before.length, taken.length, before.some(({ isEscalated }) => isEscalated)], [9, 3, false])
  await settle()
  assert.ok(
    (await leads()).every(({ isEscalated }) => !isEscalated),
    'nothing is due yet',
  )
  house.clock.forward(6 * 60_000)
  await settle()
  assert.equal((await leads()).filter(({ isEscalated }) => isEscalated).length, 3, 'not taken for half an hour')
  house.clock.forward(10 * 60_000)
  await settle()
  for (const lead of await leads(taken.map(({ id }) => id))) {
    const was = taken.find(({ id }) => id === lead.id)
    assert.notEqual(lead.dealer, was?.dealer, 'not answered for an hour')
    assert.deepEqual([lead.state, lead.attempts], ['received', 2])
    const { rows } = await house.owner.query<{ id: string; isOver: boolean }>(
      `select id, ended_at is not null "isOver" from received_transfers where network_lead_id = $1 order by at`,
      [lead.id],
    )
    assert.deepEqual(rows, [
      { id: was?.transferId, isOver: true },
      { id: lead.transferId, isOver: false },
    ])
  }
})
