/**
 * A thousand people (LEAK_PEOPLE for another number) every field of whom carries a mark go through every door, screen and act of a distributor and its
 * dealers; then everything that lies on the disk is searched: both databases row by row, the clusters' files with their logs ahead, files, heads, logs, and
 * what the processes were started with. What was sent to people and to dealers' systems is the outside world, where it belongs to them.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { allActions } from '../server/app.ts'
import { canary, type Canary, dumpTables, found, needles, needlesOf, readFolder } from './canary.ts'
import { nameOf } from './contract-endpoints.ts'
import { openEnds } from './ends.ts'
import { openDealerPush } from './fakes/dealer-push.ts'
import { installation } from './installation.ts'
import { mailEverybody, sayNo, writeTo } from './leak/advertising.ts'
import { feedBack, moveAround, poll, seeNotice } from './leak/dealers.ts'
import { addDemoCar, fixMessages, handle, hireByLetter, pass, sell } from './leak/desk.ts'
import { byFile, csv, csvOf, doors, undoFile, xlsx, xlsxOf } from './leak/doors.ts'
import { askWrong } from './leak/mistakes.ts'
import { answerOwn, answerStranger, destroyNow, hearConsents } from './leak/officer.ts'
import { openEveryScreen, openSites } from './leak/screens.ts'
import { setUp } from './leak/settings.ts'
import { askForNobody, askOnSite, comeByCode, comeByLink, demandAll, leave, readAll, readAsData, walkTheSite, whoseIs, withdraw } from './leak/visitors.ts'
import { asSuperuser, well, type World } from './leak/world.ts'
import { openNetwork } from './network.ts'

const PEOPLE = Number(process.env.LEAK_PEOPLE ?? 1_000)
const LANES = 8
const all = needles()
const ends = openEnds()
let world: World
/** Secrets of a visitor and of a reader: of the form they sent, of the link in their letter. */
let [ref, unsubscribe] = ['', '']

/** Who comes how: some by the sites of the dealer and the distributor, a fifth in a file, a few as what an officer or a machine writes down; the rest by the other doors in turn. */
const share = { zvezda: 0.04, veltara: 0.05, csv: 0.15, xlsx: 0.05 }
let next = 0
const one = (): Canary => canary(next++)
const some = (part: number): Canary[] => Array.from({ length: Math.max(9, Math.round(part * PEOPLE)) }, one)
const [here, there, inCsv, inXlsx] = [some(share.zvezda), some(share.veltara), some(share.csv), some(share.xlsx)]
const [vera, clicker, stranger, colleague, walker, nobody] = [one(), one(), one(), one(), one(), one()]
const others = Array.from({ length: Math.max(0, PEOPLE - next) }, one)

before(async () => {
  // Everything that the processes can say is said, and searched.
  const house = await installation(ends, { LOG_LEVEL: 'debug' })
  const receiver = await openDealerPush()
  ends.after(receiver.close)
  await house.ready()
  world = { house, receiver, net: await openNetwork(house, receiver), known: [], answered: new Set(), tokens: new Set() }
  await addDemoCar(world)
})
after(ends.close)

async function inLanes<T>(people: readonly T[], lanes: number, act: (one: T, at: number) => Promise<unknown>): Promise<void> {
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      for (const [at, one] of people.entries()) if (at % lanes === lane) await act(one, at)
    }),
  )
}

test('the search finds a mark in every writing, so finding nothing means something', () => {
  const person = canary(7)
  for (const word of [person.surname, person.email, person.vin, person.text, person.plate, person.birthDate, person.ip, person.agent]) {
    const writings = [
      Buffer.from(word),
      Buffer.from(word, 'utf16le'),
      ...['hex', 'base64', 'base64url'].map((form) => Buffer.from(Buffer.from(word).toString(form as BufferEncoding))),
      Buffer.from(encodeURIComponent(word)),
      Buffer.from(word.toUpperCase()),
    ]
    for (const bytes of writings) assert.notDeepEqual(found(Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]), all), [], `${word} as ${bytes.toString('latin1')}`)
  }
  for (const phone of [person.phone, person.phone.slice(1), person.phone.slice(2), person.phoneTyped, Buffer.from(person.phone).toString('base64')])
    assert.notDeepEqual(found(Buffer.from(`(${phone})`), all), [], phone)
  assert.deepEqual(found(Buffer.from('1234976555012345 сказал, что перезвонит завтра'), all), [])
})

test(`${PEOPLE} people come through every door`, async () => {
  const entries = Object.entries(doors)
  const sites = [...here, vera, clicker].map((person) => ({ person, company: 'zvezda' as const, place: undefined }))
  const places = Object.values(world.net.places)
  const network = there.map((person, at) => ({ person, company: 'veltara' as const, place: places[at % places.length] }))
  await Promise.all([
    inLanes(others, LANES, async (person, at) => {
      const [name, door] = entries[Math.floor(at / LANES) % entries.length] ?? []
      await door?.(world, person).catch((error: unknown) => assert.fail(`the door ${name}: ${String(error)}`))
    }),
    inLanes([...sites, ...network], LANES * 2, ({ person, company, place }) => askOnSite(world, person, company, place ? { place } : {})),
  ])
  await byFile(world, inCsv, csvOf(inCsv), csv)
  await undoFile(world, await byFile(world, inXlsx, await xlsxOf(inXlsx), xlsx))
  // A form sent at once is taken for a machine's and waits, sealed, for somebody to look at it.
  ref = await askOnSite(world, nobody, 'zvezda', { readingMs: 0 })
  const [count] = await asSuperuser<{ people: number }>(world, `select count(*)::int people from persons where kind = 'customer'`)
  assert.ok((count?.people ?? 0) >= PEOPLE * 0.7, `only ${count?.people} people came in`)
})

test('their dealers and the distributor do with them what they do', async () => {
  const [first, second, third, fourth, ...rest] = world.known
  assert.ok(first && second && third && fourth)
  await inLanes(world.known, LANES, (each) => handle(world, each))
  await pass(world, second)
  await sell(world, first)
  await fixMessages(world, stranger)
  await hireByLetter(world, colleague)
  for (const each of [first, ...rest.slice(0, 3)]) await hearConsents(world, each.personId, each.person)
  await poll(world, there)
  await feedBack(world, there)
  await moveAround(world)
  await mailEverybody(world)
  await writeTo(world, third.personId)
  unsubscribe = await sayNo(world, vera, clicker)
  await answerStranger(world, stranger)
  await destroyNow(world, fourth.personId)
})

test('they look at their own pages, demand, and are answered', async () => {
  await walkTheSite(world, walker)
  await askForNobody(world, walker)
  const [handedOver] = there
  assert.ok(handedOver && here[0])
  const atDistributor = await comeByLink(world, handedOver, 'veltara')
  await readAll(world, atDistributor, handedOver, 'veltara')
  await withdraw(world, atDistributor, 'veltara', await whoseIs(world, atDistributor, 'veltara'), 'request')
  await seeNotice(world)
  const byPhone = await comeByCode(world, here[0], here[0].phone)
  await readAll(world, byPhone, here[0])
  await leave(world, byPhone)
  const browser = await comeByCode(world, vera, vera.email)
  await readAll(world, browser, vera)
  const personId = await demandAll(world, browser, vera)
  await answerOwn(world, vera, () => readAsData(world, browser, personId))
})

test('every screen is opened by everybody who may, and whatever can be asked wrongly is', async () => {
  const { personId } = world.known[1]!
  const body = await well(world, await world.net.at(world.net.zvezda, 'operator'), 'POST', `/persons/${personId}/reveal`, { purpose: 'request_handling' })
  assert.notDeepEqual(found(Buffer.from(JSON.stringify(body)), all), [], 'who may see them sees them')
  await setUp(world)
  await openEveryScreen(world)
  await openSites(world, { ref, unsubscribe })
  for (const person of [others[1]!, others[2]!]) await askWrong(world, person)
})

/** What proves the speaker and nothing else: told by the tests of signing in. */
const ofTheSpeaker = new Set(['POST /me/confirm', 'POST /me/password', 'POST /me/company', 'POST /me/second-factor/confirm', 'POST /me/recovery-codes'])

test('no act of the product was left out', async () => {
  const doorsOfLog = await asSuperuser<{ door: string }>(world, `select distinct door from log_events where event <> 'act.refused'`)
  const seen = new Set([...world.answered, ...doorsOfLog.map(({ door }) => door)])
  assert.deepEqual(
    allActions.map(({ endpoint }) => nameOf(endpoint)).filter((name) => !seen.has(name) && !ofTheSpeaker.has(name)),
    [],
  )
})

const withTokens = () => [...all, ...needlesOf([...world.tokens])]

test('neither database holds a word of them in any row, and no token by which somebody came in', async () => {
  const words = withTokens()
  for (const [name, superuser] of [
    ['main', world.house.superuser.main],
    ['key store', world.house.superuser.keys],
  ] as const) {
    const leaks: string[] = []
    const rows = await dumpTables(superuser, (where, bytes) => leaks.push(...found(bytes, words).map((needle) => `${where}: ${needle}`)))
    assert.ok(rows > (name === 'main' ? PEOPLE * 10 : PEOPLE), `only ${rows} rows of ${name} were read`)
    assert.deepEqual(leaks, [], name)
  }
})

test('nothing a process was started with names them', () => {
  for (const name of ['web', 'worker', 'vault', 'postgres', 'keystore'] as const) {
    const pid = world.house.pidOf(name)
    for (const file of ['environ', 'cmdline']) assert.deepEqual(found(readFileSync(`/proc/${pid}/${file}`), all), [], `${name} ${file}`)
  }
})

test('no file of the installation holds them or a token: rows, write-ahead log, heads, sealed files, what the processes said', async () => {
  await asSuperuser(world, 'checkpoint')
  await world.house.stop()
  const [leaks, words]: [string[], ReturnType<typeof withTokens>] = [[], withTokens()]
  // The demo mailbox is the outside world of a demo: what is sent to people lies there in clear.
  const inspect = (where: string, bytes: Buffer): void => void (where.includes('demo-mailbox/') || leaks.push(...found(bytes, words).map((needle) => `${where}: ${needle}`)))
  const folders = new Set([world.house.folder, world.house.homes.main, world.house.homes.keys])
  const files = [...folders].reduce((sum, folder) => sum + readFolder(folder, inspect), 0)
  assert.ok(files > 500, `only ${files} files were read`)
  assert.deepEqual([...new Set(leaks)], [])
})
