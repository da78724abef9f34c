import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Endpoint } from '../contract/endpoint.ts'
import { allows, staffRoles, type Right, type Role } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { ask, closeNetwork, newPhone, ok, openNetwork, tray, type NetworkStage } from '../server/dnm/network-stage.ts'
import { schemaOf } from '../server/kernel/index.ts'
import { nameOf } from './contract-endpoints.ts'
import type { Dealer } from './dealer.ts'
import { fingerprint } from './fingerprint.ts'
import { tableNamed } from './furnish.ts'
import { sampleFor, say } from './speak.ts'
import type { Person, Reply } from './stage.ts'

const staffActs = allActions.map(({ endpoint }) => endpoint).filter(({ can }) => !['anyone', 'own.data', 'site.visit', 'signed_in'].includes(can))
const named = (endpoint: Endpoint): string[] => [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
const inputsOf = (endpoint: Endpoint): string[] => Object.keys((schemaOf(endpoint.input, 'input').properties ?? {}) as object)

type Side = { company: Dealer; staff: Map<Role, Person>; ids: Map<string, string>; every: string[] }
let at: NetworkStage
let distributor: Side
let dealer: Side
/** What only somebody of that side may read of the person who asked at the distributor and was handed to the dealer. */
const surname = 'Переданова'
let phone = ''

before(async () => {
  at = await openNetwork()
  phone = newPhone()
  await ask(at, { networkOutletId: at.zvezda.outletId, contact: { fullName: `${surname} Вера Павловна`, phones: [phone] }, comment: `Спросить ${surname}` })
  await at.settle()
  const [theirs] = await tray(at.anna)
  assert.ok(theirs)
  await ok(at.anna.post(`/leads/${theirs.id}/take`, { version: theirs.version }))
  await ok(at.anna.post('/interactions', { personId: theirs.personId, kind: 'call_out', result: 'talked', text: `${surname} просила перезвонить` }))
  const second = await ask(at, { networkOutletId: at.zvezda.outletId })
  await at.settle()
  const disputed = (await tray(at.anna)).find(({ id }) => id !== theirs.id)
  await ok(at.zoya.post(`/leads/${disputed?.id}/dispute`, { reason: 'not_ours' }))
  await at.settle()
  assert.ok(second.leadId)
  ;[distributor, dealer] = [await openSide(at.veltara), await openSide(at.zvezda)]
})
after(closeNetwork)

/** Everybody a company may employ, and a row of each of its tables. */
async function openSide(company: Dealer): Promise<Side> {
  const staff = new Map<Role, Person>()
  for (const role of staffRoles) staff.set(role, await at.house.hire(role, { dealer: company, outletId: null }))
  const { rows: tables } = await at.house.owner.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname in ('id', 'tenant_id') and a.atttypid = 'uuid'::regtype) = 2`,
  )
  const ids = new Map<string, string>()
  const every: string[] = []
  for (const { name } of tables) {
    const { rows } = await at.house.owner.query<{ id: string }>(`select id from ${name} where tenant_id = $1 order by id desc limit 50`, [company.tenantId])
    if (rows[0]) ids.set(name, rows[0].id)
    every.push(...rows.map(({ id }) => id))
  }
  const { rows: clients } = await at.house.owner.query<{ id: string }>(`select id from persons where tenant_id = $1 and kind = 'customer' order by id desc limit 1`, [
    company.tenantId,
  ])
  if (clients[0]) ids.set('persons', clients[0].id)
  return { company, staff, ids, every }
}

/** An answer without the moment it was given at, and without the ids that were asked with. */
const told = ({ status, body }: Reply, ids: readonly (string | undefined)[]): string =>
  ids.reduce<string>((left, id) => left.replaceAll(id ?? '', ''), JSON.stringify([status, { ...body, requestId: '' }]).replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '""'))

/** Every act of every role of one side, asked with ids of the other's rows wherever an id may stand. */
async function askAcross(from: Side, to: Side): Promise<{ wrong: string[]; asked: number; shown: string[] }> {
  const [wrong, shown]: [string[], string[]] = [[], []]
  let asked = 0
  for (const endpoint of staffActs) {
    const foreign = (name: string): string | undefined => {
      const id = to.ids.get(tableNamed(name) ?? '')
      // One id is known to both: by it the distributor speaks of the dealer, and the dealer of its membership.
      return id === undefined || [...from.ids.values()].includes(id) ? undefined : id
    }
    const names = inputsOf(endpoint).filter((name) => foreign(name) !== undefined)
    if (names.length === 0 || named(endpoint).some((name) => foreign(name) === undefined && tableNamed(name) !== undefined)) continue
    for (const [role, person] of from.staff) {
      if (!allows(role, endpoint.can as Right)) continue
      const never = new Map(names.map((name) => [name, randomUUID()]))
      const real = await say(
        person,
        endpoint,
        sampleFor(endpoint, (name) => (names.includes(name) ? foreign(name) : undefined)),
      )
      const nothing = await say(
        person,
        endpoint,
        sampleFor(endpoint, (name) => never.get(name)),
      )
      asked++
      const [here, there] = [told(real, names.map(foreign)), told(nothing, [...never.values()])]
      if (here !== there) wrong.push(`${role} ${nameOf(endpoint)}: ${here.slice(0, 300)} is not ${there.slice(0, 300)}`)
      if (JSON.stringify(real.body).includes(surname)) shown.push(`${role} ${nameOf(endpoint)}`)
    }
  }
  return { wrong, asked, shown }
}

for (const [who, sides] of [
  ['the distributor', () => [distributor, dealer]],
  ['the dealer', () => [dealer, distributor]],
] as const)
  test(`the other side’s ids are to ${who} as ids that never were, and change nothing there`, async () => {
    const [from, to] = sides() as [Side, Side]
    const before = await fingerprint(at.house.owner, { tenantId: to.company.tenantId })
    const { wrong, asked, shown } = await askAcross(from, to)
    assert.ok(asked > 100, `only ${asked} askings`)
    assert.deepEqual([wrong, shown], [[], []])
    assert.equal(await fingerprint(at.house.owner, { tenantId: to.company.tenantId }), before)
  })

test('no list, search or log of one side names a row of the other, but for what both speak of by agreement', async () => {
  const shared = new Set(distributor.every.filter((id) => dealer.every.includes(id)))
  for (const [from, to] of [
    [distributor, dealer],
    [dealer, distributor],
  ] as const) {
    // The dealer knows the request it was handed by its id there, which is in its own row; the distributor the outlet that the dealer published.
    const { rows } = await at.house.owner.query<{ id: string }>(
      `select network_lead_id as id from received_transfers where tenant_id = $1 union select dealer_tenant_id from network_dealers where tenant_id = $1`,
      [from.company.tenantId],
    )
    const agreed = new Set([...shared, ...rows.map(({ id }) => id)])
    const secret = to.every.filter((id) => !agreed.has(id))
    for (const endpoint of staffActs.filter((each) => each.method === 'GET' && named(each).length === 0))
      for (const [role, person] of from.staff) {
        if (!allows(role, endpoint.can as Right)) continue
        const text = JSON.stringify(
          (
            await say(
              person,
              endpoint,
              sampleFor(endpoint, () => undefined),
            )
          ).body,
        )
        assert.deepEqual(
          secret.filter((id) => text.includes(id)),
          [],
          `${role} ${nameOf(endpoint)}`,
        )
      }
  }
})

test('each side opens its own copy of the person under its own keys, and neither finds the other’s by phone', async () => {
  for (const [who, side] of [
    [at.ulyana, distributor],
    [at.anna, dealer],
  ] as const) {
    const { hits } = await ok(who.post<{ hits: { id: string }[] }>('/persons/search', { query: phone }))
    const other = side === dealer ? distributor : dealer
    assert.ok(hits.length > 0, 'one’s own copy is found')
    for (const { id } of hits) assert.ok(!other.every.includes(id), 'a copy of the other side')
  }
  const { rows } = await at.house.owner.query<{ tenants: number }>(
    `select count(distinct f.tenant_id)::int tenants from facts f join facts g on g.key_id = f.key_id and g.tenant_id <> f.tenant_id`,
  )
  assert.equal(rows[0]?.tenants, 0, 'no key opens facts of two companies')
})

test('what the dealer writes of the person is at the dealer: the distributor learns states and times, not words', async () => {
  const [timur, ulyana] = [at.timur, at.ulyana]
  for (const who of [timur, ulyana]) {
    const list = JSON.stringify((await who.get('/network/leads?view=all')).body)
    const card = JSON.stringify((await who.get(`/network/leads/${distributor.ids.get('network_leads')}`)).body)
    for (const text of [list, card]) {
      assert.ok(!text.includes(surname) && !text.includes('просила'), text)
      for (const person of dealer.staff.values()) assert.ok(!text.includes(person.employeeId))
      assert.ok(!text.includes(at.anna.employeeId) && !text.includes(at.zoya.employeeId))
    }
  }
})
