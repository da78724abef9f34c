import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type { InjectOptions } from 'fastify'
import type { Endpoint } from '../contract/endpoint.ts'
import { errors } from '../contract/errors.ts'
import { allows, staffRoles } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { schemaOf } from '../server/kernel/index.ts'
import { nameOf } from './contract-endpoints.ts'
import { sampleFor, type Said } from './speak.ts'
import { stage, type Person, type Stage } from './stage.ts'

const RUNS = 6
const MANY_BYTES = 2 * 1024 * 1024
const endpoints = allActions.map(({ endpoint }) => endpoint)

/** Words that have broken programs: each is put into every text that is sent. */
const hostile: Record<string, string> = {
  nul: 'a\u0000b',
  direction: '\u202egnp.exe\u202c',
  invisible: 'И\u200bва\u2060нов\ufeff',
  sql: `'); drop table persons; --`,
  html: '<img src=x onerror=alert(1)>"\'&lt;',
  template: '${7*7}{{7*7}}%s%n',
  path: '../../../../etc/passwd\\..\\',
  formula: '=cmd|"/c calc"!A1',
  lone: '\ud800',
  combining: 'Z\u0351\u036b'.repeat(300),
  long: 'я'.repeat(20_000),
  empty: '',
  blank: '   ',
  number: '1e400',
  object: '[object Object]',
  line: 'a\r\nSet-Cookie: x=1',
}
const strange: readonly unknown[] = [null, true, -1, 1e308, Number.MAX_SAFE_INTEGER + 2, 0.1, '', [], {}, [[]], 'NaN', { $ne: null }, Array.from({ length: 2_000 }, () => 'x')]

let scene: Stage
let cast: (endpoint: Endpoint) => Person
/** Where our site is found; other names of an address are left to chance. */
let slug = ''
const known = (name: string): string | undefined => (name === 'site' ? slug : undefined)
const closers: (() => Promise<void>)[] = []
before(async () => {
  scene = await stage({ after: (close: () => Promise<void>) => void closers.push(close) } as never)
  const home = await scene.dealer()
  const staff = new Map(await Promise.all(staffRoles.map(async (role) => [role, await scene.hire(role, { dealer: home, outletId: null })] as const)))
  const site = await scene.machine(home)
  const made = await staff
    .get('operator')!
    .post<{ id: string }>('/persons', { contact: { fullName: 'Вера', phones: ['+7 999 111-22-33'] }, ground: { activityCode: 'lead', basis: 'contract' } })
  const [subject, leaver] = [await scene.subject(home, [made.body.id]), await scene.subject(home, [made.body.id])]
  const visitor = await scene.site(home)
  slug = visitor.slug
  cast = ({ can, path }) => {
    // Whoever leaves is out for the rest of the story.
    if (can === 'own.data') return path === '/own/leave' ? leaver : subject
    if (can === 'site.visit') return visitor
    const role = can === 'anyone' || can === 'signed_in' ? 'seller' : staffRoles.find((each) => allows(each, can))
    return role === undefined ? site : staff.get(role)!
  }
})
after(async () => {
  for (const close of closers.toReversed()) await close()
})

type Answer = { status: number; body: { error?: string; fields?: { at: string; why: string }[] } }

async function send(endpoint: Endpoint, path: string, payload: string | Buffer | undefined, headers: Record<string, string> = {}): Promise<Answer> {
  const who = cast(endpoint)
  const identity: Record<string, string> =
    endpoint.can === 'anyone' || endpoint.can === 'site.visit'
      ? {}
      : endpoint.can === 'lead.intake'
        ? { authorization: `Bearer ${who.token}` }
        : { cookie: `${endpoint.can === 'own.data' ? 'infotech_own' : 'infotech'}=${who.token}` }
  const request: InjectOptions = { method: endpoint.method, url: `/api${path}`, headers: { 'x-requested-with': 'infotech', ...identity, ...headers } }
  const reply = await scene.app.http.inject(payload === undefined ? request : { ...request, payload })
  return { status: reply.statusCode, body: reply.headers['content-type']?.toString().startsWith('application/json') ? (reply.json() as Answer['body']) : {} }
}

/** In the way the endpoint listens: query, bytes or JSON. */
function sendInput(endpoint: Endpoint, path: string, input: unknown): Promise<Answer> {
  if (endpoint.method === 'GET' || endpoint.accepts) {
    const entries = Object.entries((input ?? {}) as object).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value) ?? ''),
    ])
    const url = `${path}?${new URLSearchParams(entries)}`.slice(0, 15_000)
    return endpoint.accepts ? send(endpoint, url, Buffer.from('<adf>'), { 'content-type': endpoint.accepts.types[0] ?? '' }) : send(endpoint, url, undefined)
  }
  return send(endpoint, path, JSON.stringify(input) ?? '', { 'content-type': 'application/json' })
}

/** Never a fault of ours; a refusal has a name of the contract, and an invalid input says where. */
function assertNamed(what: string, { status, body }: Answer): void {
  assert.ok(status < 500, `${what} answers ${status} ${JSON.stringify(body)}`)
  if (status < 400) return
  assert.ok(body.error !== undefined && body.error in errors, `${what} answers ${status} without a name: ${JSON.stringify(body)}`)
  assert.equal(errors[body.error as keyof typeof errors].status, status, what)
  if (body.error === 'invalid') assert.ok(Array.isArray(body.fields) && body.fields.length > 0, `${what} says invalid and not where`)
}

const counted = `select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('log_events', 'log_leaves', 'log_heads', 'log_tiles', 'log_event_persons')`
let countSql: string | undefined
/** The doors for leads keep what they cannot read: that is their work. */
const keepsOriginals = ({ path }: Endpoint): boolean => path.startsWith('/intake/')
async function countRows(endpoint: Endpoint): Promise<string> {
  countSql ??= (await scene.owner.query<{ relname: string }>(counted)).rows
    .map(({ relname }) => `select '${relname}' as name, count(*)::text as rows from ${relname}`)
    .join(' union all ')
  const { rows } = await scene.owner.query<{ name: string; rows: string }>(countSql)
  return rows
    .filter(({ name }) => name !== 'intake_messages' || !keepsOriginals(endpoint))
    .map((each) => `${each.name} ${each.rows}`)
    .sort()
    .join(', ')
}

/** Asks every endpoint; when all of it was refused, nothing may be there that was not before. */
async function everywhere(ask: (endpoint: Endpoint, said: Said) => Promise<void>, wasAccepted: () => boolean): Promise<void> {
  for (const endpoint of endpoints) {
    const before = await countRows(endpoint)
    await ask(endpoint, sampleFor(endpoint, known))
    if (!wasAccepted()) assert.equal(await countRows(endpoint), before, `${nameOf(endpoint)} refused and still changed something`)
  }
}

/** Notes whether anything was accepted since the last endpoint. */
function notes(): { check: (what: string, answer: Answer) => void; wasAccepted: () => boolean } {
  let accepted = false
  return {
    check: (what, answer) => {
      accepted ||= answer.status < 400
      assertNamed(what, answer)
    },
    wasAccepted: () => {
      const was = accepted
      accepted = false
      return was
    },
  }
}

const deep = (depth: number, open: string, close: string): string => `{"comment":${open.repeat(depth)}1${close.repeat(depth)}}`

test('a body that cannot be read is refused by name, however it is broken', async () => {
  const { check, wasAccepted } = notes()
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
  await everywhere(async (endpoint, { path }) => {
    if (endpoint.method === 'GET') return
    for (const [name, payload] of Object.entries(broken)) {
      const answer = await send(endpoint, path, payload, { 'content-type': 'application/json' })
      check(`${nameOf(endpoint)} with ${name}`, answer)
      if (name === 'big') assert.equal(answer.body.error, endpoint.accepts && endpoint.accepts.maxBytes > MANY_BYTES ? 'unsupported_media' : 'too_large', nameOf(endpoint))
    }
    for (const type of ['text/html', 'multipart/form-data; boundary=x', 'application/json; charset=latin1', 'x', '*/*', 'application/xml'])
      check(`${nameOf(endpoint)} as ${type}`, await send(endpoint, path, '<a/>', { 'content-type': type }))
  }, wasAccepted)
})

test('hostile words in any text are stored as words or refused by name', async () => {
  const { check, wasAccepted } = notes()
  await everywhere(async (endpoint, { path, input }) => {
    const texts = textsOf(endpoint)
    for (const [kind, word] of Object.entries(hostile)) {
      if (texts.length === 0) break
      check(`${nameOf(endpoint)} with ${kind}`, await sendInput(endpoint, path, { ...input, ...Object.fromEntries(texts.map((name) => [name, word])) }))
    }
  }, wasAccepted)
})

/** Properties that may hold free text. */
const textsOf = (endpoint: Endpoint): string[] =>
  Object.entries((schemaOf(endpoint.input, 'input').properties ?? {}) as Record<string, Record<string, unknown>>)
    .filter(([name, schema]) => schema.type === 'string' && !('enum' in schema) && !endpoint.path.includes(`:${name}`))
    .map(([name]) => name)

test('a value of another kind in any place is refused by name', async () => {
  const { check, wasAccepted } = notes()
  await everywhere(async (endpoint, { path, input }) => {
    const names = Object.keys((schemaOf(endpoint.input, 'input').properties ?? {}) as object).filter((name) => !endpoint.path.includes(`:${name}`))
    for (const [at, name] of names.entries())
      for (const value of strange.filter((_, place) => (place + at) % 3 === 0))
        check(`${nameOf(endpoint)} ${name} = ${JSON.stringify(value)?.slice(0, 40)}`, await sendInput(endpoint, path, { ...input, [name]: value }))
  }, wasAccepted)
})

test('an address that names nothing real is refused by name', async () => {
  const { check, wasAccepted } = notes()
  const names = ['x', '0', "'", '%00', '%ff', '..%2f..', '%F0%9F%9A%97', '-1', 'null', 'undefined', `${randomUUID()}0`, 'A'.repeat(190), randomUUID().toUpperCase()]
  await everywhere(async (endpoint, { input }) => {
    if (!endpoint.path.includes(':')) return
    for (const name of names) check(`${nameOf(endpoint)} at ${name}`, await sendInput(endpoint, endpoint.path.replace(/:\w+/g, name), input))
  }, wasAccepted)
})

test('whatever JSON one sends, the answer is an answer of the contract', async () => {
  const { check, wasAccepted } = notes()
  await everywhere(async (endpoint, { path, input }) => {
    const names = Object.keys((schemaOf(endpoint.input, 'input').properties ?? {}) as object)
    const some = fc.dictionary(fc.constantFrom(...names, 'tenantId', 'role', '__proto__', 'id'), fc.jsonValue({ maxDepth: 4 }), { maxKeys: 5 })
    await fc.assert(
      fc.asyncProperty(some, async (given) => check(nameOf(endpoint), await sendInput(endpoint, path, { ...input, ...given }))),
      { numRuns: RUNS },
    )
  }, wasAccepted)
})

test('headers that no browser sends change nothing but the answer', async () => {
  const { check, wasAccepted } = notes()
  await everywhere(async (endpoint, { path }) => {
    const headers: Record<string, string>[] = [
      { 'idempotency-key': 'x' },
      { 'idempotency-key': 'ключ'.repeat(3) },
      { 'idempotency-key': 'a'.repeat(500) },
      { cookie: 'infotech=%%%; infotech=' },
      { authorization: 'Bearer ' },
      { authorization: `Bearer ${'a'.repeat(60)}` },
      { 'accept-language': '\u007f,,,;q=x' },
      { 'x-requested-with': 'elsewhere' },
      { origin: 'https://evil.example' },
      { 'content-length': '5' },
    ]
    for (const each of headers)
      check(
        `${nameOf(endpoint)} with ${JSON.stringify(each)}`,
        await send(endpoint, path, endpoint.method === 'GET' ? undefined : '"no"', { 'content-type': 'application/json', ...each }),
      )
  }, wasAccepted)
})
