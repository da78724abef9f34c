import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Stage } from '../../../test/stage.ts'
import { byHand, closeLeadsStage, draft, look, newPhone, office, openLeadsStage, tray } from './leads-stage.ts'

let at: Stage
before(async () => void (at = await openLeadsStage()))
after(closeLeadsStage)

type Made = { leadId: string; number: number; personId: string | null; known: string | null }
const unsigned = ({ body }: { body: object }): object => ({ ...body, requestId: '' })

test('a phone of a client whom Boris may not see opens nothing to him: the lead goes to the colleague who leads them', async () => {
  const { dealer, anna, boris } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const phone = newPhone()
  const { personId } = await byHand(gleb, { contact: { fullName: 'Тайнова Зоя', phones: [phone] } })
  const reply = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { fullName: 'Кто-то', phones: [phone] }, isMine: true }) })
  assert.deepEqual([reply.status, reply.body.personId, reply.body.known], [200, null, 'known_elsewhere'], JSON.stringify(reply.body))
  assert.doesNotMatch(JSON.stringify(reply.body), new RegExp(`Тайнова|${personId}|${gleb.employeeId}`))
  assert.deepEqual(await tray(boris, '?view=all'), [])
  for (const path of [`/leads/${reply.body.leadId}`, `/persons/${personId}`]) {
    const [his, nothing] = [await boris.get(path), await boris.get(path.replace(/[^/]+$/, randomUUID()))]
    assert.deepEqual([his.status, unsigned(his)], [404, unsigned(nothing)], path)
  }
  const lead = await look(gleb, reply.body.leadId)
  assert.deepEqual([lead.personId, lead.responsibleId, lead.assignedBecause], [personId, gleb.employeeId, `by_colleague|${boris.employeeId}`])
  const { rows } = await at.owner.query<{ responsible_id: string; outlet_id: string }>('select responsible_id, outlet_id from persons where id = $1', [personId])
  assert.deepEqual([rows[0]?.responsible_id, rows[0]?.outlet_id], [gleb.employeeId, dealer.outletId], 'responsibility stays')
  const open = await anna.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { fullName: 'Тайнова Зоя', phones: [phone] } }) })
  assert.deepEqual([open.body.personId, open.body.known], [personId, null], 'whoever sees the client is told')
})

test('a client of another outlet, and one whose seller has left, stay where they are', async () => {
  const { dealer, boris, vera } = await office(at)
  const outletId = randomUUID()
  await at.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select tenant_id, $2, 'Второй', address, time_zone, hours from outlets where id = $1`,
    [dealer.outletId, outletId],
  )
  const far = await at.hire('seller', { dealer, outletId })
  const phone = newPhone()
  const { personId } = await byHand(far, { contact: { fullName: 'Дальняя Ия', phones: [phone] } })
  const first = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { phones: [phone] } }) })
  const stays = async (): Promise<string | null> =>
    (await at.owner.query<{ outlet_id: string | null }>('select outlet_id from persons where id = $1', [personId])).rows[0]?.outlet_id ?? null
  assert.deepEqual([first.body.known, await stays()], ['known_elsewhere', outletId])
  assert.equal((await look(far, first.body.leadId)).outletId, outletId)
  const gleb = await at.hire('seller', { dealer })
  const own = newPhone()
  await byHand(gleb, { contact: { fullName: 'Брошенная Ева', phones: [own] } })
  await at.owner.query('update employees set is_active = false where id = $1', [gleb.employeeId])
  const left = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ contact: { phones: [own] } }) })
  assert.equal(left.body.known, 'known_elsewhere')
  assert.equal((await look(vera, left.body.leadId)).responsibleId, vera.employeeId, 'the head decides')
})

test('a number of another’s request does not tell whose it is', async () => {
  const { dealer, boris } = await office(at)
  const gleb = await at.hire('seller', { dealer })
  const { personId } = await byHand(gleb, { externalRef: 'secret-1' })
  const again = await boris.post<Made>('/leads', { sourceId: dealer.sources.phone, ...draft({ externalRef: 'secret-1' }) })
  assert.deepEqual([again.body.personId, again.body.known], [null, 'known_elsewhere'])
  assert.ok(personId)
})
