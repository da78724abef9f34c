import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import type { Endpoint } from '../contract/endpoint.ts'
import { allows, staffRoles, type Role } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { endpointsOfContract, nameOf } from './contract-endpoints.ts'
import { openEnds } from './ends.ts'
import { fingerprint } from './fingerprint.ts'
import { openSealer } from './seal.ts'
import { sampleFor, say } from './speak.ts'
import { stage, type Person, type Reply, type Stage, type Visitor } from './stage.ts'
import { furnish, type Furnished } from './furnish.ts'

/** Answered for everyone who is there, or for whoever proves themselves by something else than a role. */
const endpoints = allActions.map(({ endpoint }) => endpoint)
const staffActs = endpoints.filter(({ can }) => !['anyone', 'own.data', 'site.visit'].includes(can))
/** Acts of the person themself, on their own page; and of whoever opens a company's site. */
const ownActs = endpoints.filter(({ can }) => can === 'own.data')
const siteActs = endpoints.filter(({ can }) => can === 'site.visit')
const guardedActs = [...staffActs, ...ownActs, ...siteActs]
const named = (endpoint: Endpoint): string[] => [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
/** Acts that end the speaker's own session: asked last, by somebody who is needed no more. */
const endsSession = (endpoint: Endpoint): boolean => ['POST /sign-out', 'POST /me/company', 'POST /me/password', 'POST /own/leave'].includes(nameOf(endpoint))

let scene: Stage
let theirs: Furnished
let vera: Person
let visitor: Visitor
const staff = new Map<Role, Person>()
/** Everybody who may speak to an act at all: staff by their roles, the person themself, a visitor of our site. */
const speakersOf = ({ can }: Endpoint): readonly (readonly [Role, Person])[] =>
  can === 'own.data' ? [['subject', vera]] : can === 'site.visit' ? [['visitor', visitor]] : [...staff]
const placeOf = (name: string): string | undefined => (name === 'site' ? visitor.slug : undefined)
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  const home = await scene.dealer('Наш')
  for (const role of staffRoles) staff.set(role, await scene.hire(role, { dealer: home, outletId: null }))
  const made = await staff
    .get('operator')
    ?.post<{ id: string }>('/persons', { contact: { fullName: 'Своя Вера', phones: ['+7 999 111-22-33'] }, ground: { activityCode: 'lead', basis: 'contract' } })
  vera = await scene.subject(home, [made?.body.id ?? ''])
  visitor = await scene.site(home)
  const sealer = openSealer(scene.database, scene.owner)
  ends.after(sealer.close)
  theirs = await furnish(scene, await scene.dealer('Чужой'))
  await sealer.seal()
})
after(ends.close)

const told = ({ status, body }: Reply): unknown => ({ status, body: { ...body, requestId: '' } })

test('no endpoint of the contract escapes these tests', async () => {
  const asked = new Set(endpoints.map(nameOf))
  assert.deepEqual(
    (await endpointsOfContract()).map(({ endpoint }) => nameOf(endpoint)).filter((name) => !asked.has(name)),
    [],
  )
})

test('whoever is not signed in is told so by every act of the staff, before anything else', async () => {
  for (const endpoint of [...staffActs, ...ownActs]) {
    const reply = await say(
      scene.stranger,
      endpoint,
      sampleFor(endpoint, () => undefined),
    )
    assert.deepEqual([reply.status, reply.body.error], [401, 'not_signed_in'], nameOf(endpoint))
  }
})

test('a role is refused exactly the acts that the table of rights does not give it', async () => {
  const wrong: string[] = []
  for (const endpoint of staffActs.filter((each) => !endsSession(each))) {
    for (const [role, person] of staff) {
      const { status, body } = await say(
        person,
        endpoint,
        sampleFor(endpoint, () => undefined),
      )
      const isAllowed = endpoint.can === 'signed_in' || (endpoint.can !== 'anyone' && allows(role, endpoint.can))
      const isRefused = status === 403 && body.error === 'forbidden'
      if (isRefused === isAllowed) wrong.push(`${role} ${nameOf(endpoint)} answers ${status} ${JSON.stringify(body.error)}, the table says ${isAllowed ? 'yes' : 'no'}`)
      if (status >= 500) wrong.push(`${role} ${nameOf(endpoint)} answers ${status}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the page of a person opens to nobody of the staff, and its cookie opens nothing else', async () => {
  const elsewhere = new Map([...staff, ['integration', await scene.machine(vera.dealer)]] as [Role, Person][])
  for (const [endpoint, speakers] of [...ownActs.map((each) => [each, elsewhere] as const), ...staffActs.map((each) => [each, new Map([['subject', vera]])] as const)]) {
    for (const person of speakers.values()) {
      const { status, body } = await say(
        person,
        endpoint,
        sampleFor(endpoint, () => undefined),
      )
      assert.deepEqual([status, body.error], [401, 'not_signed_in'], nameOf(endpoint))
    }
  }
})

test('a site that is nobody’s answers like an address that never was', async () => {
  for (const endpoint of siteActs) {
    const { status, body } = await say(
      visitor,
      endpoint,
      sampleFor(endpoint, (name) => (name === 'site' ? 'nobody' : undefined)),
    )
    assert.deepEqual([status, body.error], [404, 'not_found'], nameOf(endpoint))
  }
})

test('a machine with an integration key may do what its scopes say and nothing else', async () => {
  const home = [...staff.values()][0]!.dealer
  for (const scopes of [['lead.intake'], ['network.poll'], []]) {
    const machine = await scene.machine(home, scopes)
    // Whoever polls must be a dealer of the network besides, which this key is not.
    for (const endpoint of staffActs.filter(({ can }) => can !== 'network.poll' || !scopes.includes(can))) {
      const { status, body } = await say(
        machine,
        endpoint,
        sampleFor(endpoint, () => undefined),
      )
      assert.equal(status === 403 && body.error === 'forbidden', !scopes.includes(endpoint.can), `${scopes.join()} ${nameOf(endpoint)} answers ${status}`)
    }
  }
})

test('the rows of another company answer as rows that never were, for every act and every role', async () => {
  const wrong: string[] = []
  const reached = new Set<string>()
  for (const endpoint of guardedActs.filter((each) => named(each).some((name) => name !== 'site'))) {
    for (const [role, person] of speakersOf(endpoint)) {
      if (endpoint.can !== 'signed_in' && !allows(role, endpoint.can as never)) continue
      const never = new Map<string, string>()
      const unknown = (name: string): string | undefined =>
        named(endpoint).includes(name) && theirs.idOf(endpoint, name) !== undefined
          ? (never.get(name) ?? never.set(name, randomUUID()).get(name))
          : name === 'employeeId'
            ? person.employeeId
            : placeOf(name)
      const real = await say(
        person,
        endpoint,
        sampleFor(endpoint, (name) => placeOf(name) ?? (named(endpoint).includes(name) ? theirs.idOf(endpoint, name) : name === 'employeeId' ? person.employeeId : undefined)),
      )
      const nothing = await say(person, endpoint, sampleFor(endpoint, unknown))
      if (JSON.stringify(told(real)) !== JSON.stringify(told(nothing)))
        wrong.push(`${role} ${nameOf(endpoint)}: ${JSON.stringify(told(real))} is not ${JSON.stringify(told(nothing))}`)
      if (real.status === 404) reached.add(nameOf(endpoint))
    }
  }
  assert.deepEqual(wrong, [])
  const never = [...staffActs, ...ownActs].filter(
    (each) =>
      named(each).length > 0 &&
      !reached.has(nameOf(each)) &&
      !valuesOnly.has(nameOf(each)) &&
      (each.can === 'signed_in' || [...staffRoles, 'subject' as const].some((role) => allows(role, each.can as never))),
  )
  assert.deepEqual(never.map(nameOf), [], 'acts whose 404 was never reached: their plain input is refused earlier')
})
/** Their path holds a word of ours and no id of a row. */
const valuesOnly = new Set(['PATCH /lead-policies/:interest', 'PATCH /network/policies/:interest'])

test('ids of another company inside a body or a query never reach its rows', async () => {
  const before = await theirs.fingerprint()
  for (const endpoint of guardedActs.filter((each) => !endsSession(each))) {
    for (const [role, person] of speakersOf(endpoint)) {
      if (endpoint.can !== 'signed_in' && endpoint.can !== 'anyone' && !allows(role, endpoint.can)) continue
      const reply = await say(
        person,
        endpoint,
        sampleFor(endpoint, (name) => placeOf(name) ?? theirs.idOf(endpoint, name)),
      )
      assert.ok(reply.status < 500, `${nameOf(endpoint)} ${reply.status}`)
      for (const secret of theirs.secrets) assert.ok(!JSON.stringify(reply.body).includes(secret), `${role} ${nameOf(endpoint)} shows ${secret}`)
    }
  }
  assert.equal(await theirs.fingerprint(), before, 'something of theirs has changed')
})

test('an id of another company in a body or a query is answered like one that never was', async () => {
  const wrong: string[] = []
  let asked = 0
  for (const endpoint of guardedActs.filter((each) => !endsSession(each))) {
    const asks = new Set<string>()
    sampleFor(endpoint, (name) => (!named(endpoint).includes(name) && theirs.idOf(endpoint, name) !== undefined ? (asks.add(name), randomUUID()) : placeOf(name)))
    if (asks.size === 0) continue
    asked++
    for (const [role, person] of speakersOf(endpoint)) {
      if (endpoint.can !== 'signed_in' && !allows(role, endpoint.can as never)) continue
      const never = new Map([...asks].map((name) => [name, randomUUID()]))
      const ask = async (idOf: (name: string) => string | undefined): Promise<string> => {
        const { status, body } = await say(
          person,
          endpoint,
          sampleFor(endpoint, (name) => placeOf(name) ?? (asks.has(name) ? idOf(name) : undefined)),
        )
        return JSON.stringify([status, body.error, body.fields, (body.details as { current?: unknown } | undefined)?.current])
      }
      // Asked before and after: an act that succeeds may be refused the second time for its own first.
      const before = await ask((name) => never.get(name))
      const real = await ask((name) => theirs.idOf(endpoint, name) as string | undefined)
      const after = await ask((name) => never.get(name))
      if (real !== before && real !== after) wrong.push(`${role} ${nameOf(endpoint)}: ${real} is not ${before}`)
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(asked > 30, 'the names of ids were not found where they stand')
})

/**
 * The protocol that dealers' systems speak fetches by GET, and what was fetched is handed over: it is an act, committed before the answer, and another time it is
 * none (`server/dnm/lms/lms.test.ts`). Nothing else that is asked by GET may do as much.
 */
const handsOver = ['GET /lms/notice', 'GET /lms/request']

/** Beside the log only the hour moves at which somebody was seen, written apart from the act: of staff it is no part of a fingerprint. */
test('to look changes nothing of a company but its log', async () => {
  const look = (): Promise<string> => fingerprint(scene.owner, { tenantId: theirs.dealer.tenantId, except: ['portal_sessions'] })
  const before = await look()
  const roles = await Promise.all(staffRoles.map(async (role) => [role, await scene.hire(role, { dealer: theirs.dealer, outletId: null })] as const))
  const subject = await scene.subject(theirs.dealer, [theirs.idOf({ path: '/persons/:personId' }, 'personId') ?? ''])
  const guest = await scene.site(theirs.dealer)
  const hired = await look()
  assert.notEqual(hired, before, 'a fingerprint tells that somebody was hired')
  const speakers = ({ can }: Endpoint): readonly Person[] => {
    if (can === 'own.data') return [subject]
    if (can === 'site.visit' || can === 'anyone') return [guest]
    return roles.flatMap(([role, person]) => (can === 'signed_in' || allows(role, can as never) ? [person] : []))
  }
  const seen = new Set<string>()
  let found = 0
  for (const endpoint of endpoints.filter(({ method }) => method === 'GET')) {
    for (const person of speakers(endpoint)) {
      const reply = await say(
        person,
        endpoint,
        sampleFor(endpoint, (name) => (name === 'site' ? guest.slug : named(endpoint).includes(name) ? theirs.idOf(endpoint, name) : undefined)),
      )
      seen.add(nameOf(endpoint))
      if (reply.status === 200) found++
    }
  }
  assert.ok(found > 200, `only ${found} looks saw something`)
  const unasked = endpoints.filter((endpoint) => endpoint.method === 'GET' && !seen.has(nameOf(endpoint))).map(nameOf)
  assert.deepEqual(unasked.toSorted(), handsOver)
  assert.equal(await look(), hired)
})

test('lists, searches and logs of one company name no row of another', async () => {
  const ids = theirs.allIds()
  for (const endpoint of guardedActs.filter((each) => each.method === 'GET' && named(each).every((name) => name === 'site'))) {
    for (const [role, person] of speakersOf(endpoint)) {
      if (endpoint.can !== 'signed_in' && endpoint.can !== 'anyone' && !allows(role, endpoint.can)) continue
      const text = JSON.stringify((await say(person, endpoint, sampleFor(endpoint, placeOf))).body)
      assert.deepEqual(
        ids.filter((id) => text.includes(id)),
        [],
        `${role} ${nameOf(endpoint)}`,
      )
    }
  }
})
