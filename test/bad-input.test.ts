import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { Endpoint } from '../contract/endpoint.ts'
import { schemaOf } from '../server/kernel/index.ts'
import { badInput, endpoints, type BadInput } from './bad-input-stage.ts'
import { nameOf } from './contract-endpoints.ts'
import { nearlyValidOf, textPlaces, validOf, withText } from './near-valid.ts'

const RUNS = 7
const MANY_BYTES = 2 * 1024 * 1024

/** Words that have broken programs: each is put into every text that is sent, one place at a time. What is only words stands in one. */
const hostile: Record<string, string> = {
  words: `'); drop table persons; -- <img src=x onerror=alert(1)>"'&lt; \${7*7}{{7*7}}%s%n ../../etc/passwd\\..\\ [object Object]`,
  formula: '=cmd|"/c calc"!A1',
  nul: 'a\u0000b',
  direction: '\u202egnp.exe\u202c',
  invisible: 'И\u200bва\u2060нов\ufeff',
  lone: '\ud800',
  combining: 'Z\u0351\u036b'.repeat(300),
  long: 'я'.repeat(20_000),
  empty: '',
  blank: '   ',
  line: 'a\r\nSet-Cookie: x=1',
}

let it: BadInput
before(async () => {
  it = await badInput()
})
after(() => it.close())

const inputOf = (endpoint: Endpoint) => schemaOf(endpoint.input, 'input')
const named = (endpoint: Endpoint): string[] => [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '')
const MARK = 'LETTERS'
/** The input with the marked text in bytes that no letters have. */
function notUtf8(input: unknown): Buffer {
  const [before = '', after = ''] = (JSON.stringify(input) ?? '').split(MARK)
  return Buffer.concat([Buffer.from(`${before}Ив`), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from(after)])
}
const deep = (depth: number, open: string, close: string): string => `{"comment":${open.repeat(depth)}1${close.repeat(depth)}}`

test('a body whose letters are not UTF-8 is refused whole, also where everything else about it is sound', async () => {
  let asked = 0
  await it.everywhere(async (endpoint, { path, input }, check) => {
    if (endpoint.method === 'GET') return
    for (const place of [...textPlaces(inputOf(endpoint)).filter(([name]) => !named(endpoint).includes(String(name))), ['more']]) {
      const answer = await it.send(endpoint, path, notUtf8(withText(input, place, MARK)), { 'content-type': 'application/json' })
      check(`${nameOf(endpoint)} with letters that are none in ${place.join('.')}`, answer)
      assert.equal(answer.body.error, endpoint.accepts?.isStreamed ? 'unsupported_media' : 'malformed', `${nameOf(endpoint)} ${place.join('.')}`)
      asked++
    }
  })
  assert.ok(asked > 200, `only ${asked} bodies were sent`)
})

test('a body that cannot be read is refused by name, however it is broken', async () => {
  const broken: Record<string, string | Buffer> = {
    empty: '',
    half: '{"a":',
    words: 'hello',
    array: '[1]',
    text: '"text"',
    nothing: 'null',
    number: '7',
    deepLists: deep(10_000, '[', ']'),
    deepObjects: deep(10_000, '{"a":', '}'),
    twice: '{}{}',
    prototype: '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}}',
    notUtf8: Buffer.concat([Buffer.from('{"fullName":"'), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('"}')]),
    utf16: Buffer.from('{"a":1}', 'utf16le'),
    marked: '\ufeff{}',
    big: JSON.stringify({ comment: 'x'.repeat(MANY_BYTES) }),
  }
  await it.everywhere(async (endpoint, { path, input }, check) => {
    if (endpoint.method === 'GET') return
    // All that the act wants, with one letter too many of another encoding: nothing else can be what it is refused for.
    const windows1251 = Buffer.concat([Buffer.from(JSON.stringify({ ...(input as object), note: '' }).slice(0, -2)), Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from('"}')])
    for (const [name, payload] of Object.entries({ ...broken, windows1251 })) {
      const answer = await it.send(endpoint, path, payload, { 'content-type': 'application/json' })
      check(`${nameOf(endpoint)} with ${name}`, answer)
      if (['notUtf8', 'windows1251'].includes(name)) assert.ok(answer.status >= 400, `${nameOf(endpoint)} took ${name}: ${answer.status}`)
      if (name === 'big') assert.equal(answer.body.error, endpoint.accepts && endpoint.accepts.maxBytes > MANY_BYTES ? 'unsupported_media' : 'too_large', nameOf(endpoint))
    }
    for (const type of ['text/html', 'multipart/form-data; boundary=x', 'application/json; charset=latin1', 'application/x-www-form-urlencoded', 'x', '*/*', 'application/xml'])
      check(`${nameOf(endpoint)} as ${type}`, await it.send(endpoint, path, '<a/>', { 'content-type': type }))
  })
})

test('hostile words in any text, however deep it stands, are stored as words or refused by name', async () => {
  let asked = 0
  await it.everywhere(async (endpoint, { path, input }, check) => {
    for (const place of textPlaces(inputOf(endpoint)).filter(([name]) => !named(endpoint).includes(String(name))))
      for (const [kind, word] of Object.entries(hostile)) {
        check(`${nameOf(endpoint)} ${place.join('.')} with ${kind}`, await it.sendInput(endpoint, path, withText(input, place, word)))
        asked++
      }
  })
  assert.ok(asked > 1_200, `only ${asked} words were sent`)
})

/** As the server reads it: of an address everything is text, and the path names what it names. */
function readAs(endpoint: Endpoint, input: unknown, path: string): Record<string, unknown> {
  const shape = endpoint.path.split('/')
  const fromPath = Object.fromEntries(path.split('/').flatMap((part, at) => (shape[at]?.startsWith(':') ? [[shape[at].slice(1), decodeURIComponent(part)]] : [])))
  if (endpoint.method !== 'GET') return { ...(JSON.parse(JSON.stringify(input)) as object), ...fromPath }
  const entries = Object.entries(input as object).map(([name, value]) => [name, typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value)?.toWellFormed() ?? '')])
  return { ...Object.fromEntries(entries), ...fromPath }
}

for (const [what, made, least] of [
  ['all that a schema allows', validOf, 90],
  ['an input with one thing wrong', nearlyValidOf, 50],
] as const)
  test(`${what} is taken only when the contract takes it, and else refused by name`, async () => {
    const taken = new Set<string>()
    await it.everywhere(async (endpoint, { path }, check) => {
      if (endpoint.accepts) return
      await fc.assert(
        fc.asyncProperty(made(inputOf(endpoint), it.known(endpoint)), async (input) => {
          const answer = await it.sendInput(endpoint, path, input)
          check(`${nameOf(endpoint)} ${JSON.stringify(input)?.slice(0, 300)}`, answer)
          const isTaken = endpoint.input.safeParse(readAs(endpoint, input, path)).success
          assert.ok(answer.status >= 400 || isTaken, `${nameOf(endpoint)} took ${JSON.stringify(input)}`)
          if (answer.status < 400) taken.add(nameOf(endpoint))
        }),
        { numRuns: RUNS },
      )
    })
    assert.ok(taken.size >= least, `only ${taken.size} acts were carried out`)
  })

test('an address that names nothing real is refused by name', async () => {
  const names = [
    'x',
    '0',
    "'",
    '%00',
    '%ff',
    '..%2f..',
    '%F0%9F%9A%97',
    '-1',
    'null',
    'undefined',
    `${randomUUID()}0`,
    'A'.repeat(190),
    'A'.repeat(2_000),
    randomUUID().toUpperCase(),
  ]
  await it.everywhere(async (endpoint, { input }, check) => {
    if (!endpoint.path.includes(':')) return
    for (const name of names) check(`${nameOf(endpoint)} at ${name.slice(0, 40)}`, await it.sendInput(endpoint, endpoint.path.replace(/:\w+/g, name), input))
  })
})

test('headers that no browser sends change nothing but the answer', async () => {
  const headers: Record<string, string>[] = [
    { 'idempotency-key': 'ключ'.repeat(3) },
    { 'idempotency-key': 'a'.repeat(500) },
    { cookie: 'infotech=%%%; infotech=; infotech_own=%00', 'accept-language': '\u007f,,,;q=x' },
    { authorization: `Bearer ${'a'.repeat(60)}` },
    { 'x-requested-with': 'elsewhere' },
    { 'x-forwarded-for': "'; drop table persons; --, 1.2.3.4", 'user-agent': '\u00ff'.repeat(5_000) },
    { origin: 'https://evil.example' },
    { 'content-length': '5' },
  ]
  await it.everywhere(async (endpoint, { path }, check) => {
    for (const each of headers)
      check(
        `${nameOf(endpoint)} with ${JSON.stringify(each).slice(0, 80)}`,
        await it.send(endpoint, path, endpoint.method === 'GET' ? undefined : '"no"', { 'content-type': 'application/json', ...each }),
      )
  })
})

test('the doors of dealers’ systems answer broken requests by name, also those that their own key sends', async () => {
  const theirs = endpoints.filter(({ can }) => can === 'network.poll')
  assert.equal(theirs.length, 4)
  await it.everywhere(async (endpoint, { path }, check) => {
    for (const query of ['status=9', 'status=1&status=2', 'status=%00', 'limit=-1', 'status=1e3', "status=1'", 'limit=99999999999999999999'])
      check(
        `${nameOf(endpoint)}?${query}`,
        await it.send(endpoint, `${path}?${query}`, endpoint.method === 'GET' ? undefined : '{"lead_id":', { 'content-type': 'application/json' }),
      )
    if (endpoint.method === 'GET') return
    for (const body of [
      '{"lead_id":"\\u0000","status":"4"}',
      '{"stage_id":1e400,"result_id":1}',
      '{"status":[4]}',
      '{"stage_id":"0x10","result_id":" 1 "}',
      '{"status":4,"status":12}',
    ])
      check(`${nameOf(endpoint)} ${body}`, await it.send(endpoint, path, body, { 'content-type': 'application/json' }))
  }, theirs)
})
