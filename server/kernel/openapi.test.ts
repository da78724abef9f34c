import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import Fastify from 'fastify'
import { z } from 'zod'
import { get, post } from '../../contract/endpoint.ts'
import { openApiOf, type OpenApi } from './openapi.ts'
import { serveOpenApi } from './serve-openapi.ts'

const Id = { leadId: z.uuid() }
const list = get('/leads', {
  can: 'lead.read',
  purpose: 'request_handling',
  personal: true,
  summary: 'The tray',
  input: z.object({ limit: z.coerce.number().int().max(100).default(50), view: z.enum(['open', 'closed']) }),
  output: z.object({ rows: z.array(z.string()) }),
})
const close = post('/leads/:leadId/close', {
  can: 'lead.close',
  dangerous: true,
  summary: 'Close <it>',
  input: z.object({ ...Id, version: z.number().int(), why: z.string().max(10).optional() }),
  output: z.object({ version: z.number().int() }),
})
const upload = post('/intake/adf', {
  can: 'lead.intake',
  accepts: { types: ['application/xml'], maxBytes: 1000 },
  summary: 'A message',
  input: z.object({ source: z.string().max(9), body: z.instanceof(Uint8Array) }),
  output: z.object({}),
})
const signIn = post('/sign-in', { can: 'anyone', summary: 'Come in', input: z.object({ email: z.string().max(99) }), output: z.object({}) })
const document = openApiOf([list, close, upload, signIn], '1.2.3')
const at = (path: string, method: string) => document.paths[path]?.[method]

test('a reader of a GET finds its query, its right, its purpose and its answer', () => {
  const operation = at('/leads', 'get')
  assert.deepEqual(
    operation?.parameters.map(({ name, in: where, required }) => [name, where, required]),
    [
      ['limit', 'query', false],
      ['view', 'query', true],
    ],
  )
  assert.deepEqual([operation?.['x-right'], operation?.['x-purpose'], operation?.['x-personal'], operation?.requestBody], ['lead.read', 'request_handling', true, undefined])
  assert.deepEqual(operation?.security, [{ session: [] }, { integrationKey: [] }])
})

test('a command says what is in its address, what in its body, and how to repeat it safely', () => {
  const operation = at('/leads/{leadId}/close', 'post')
  assert.deepEqual(
    operation?.parameters.map(({ name, in: where }) => [name, where]),
    [
      ['leadId', 'path'],
      ['X-Requested-With', 'header'],
      ['Idempotency-Key', 'header'],
    ],
  )
  const body = operation?.requestBody?.content['application/json']?.schema as { properties: object; required: string[] }
  assert.deepEqual([Object.keys(body.properties), body.required], [['version', 'why'], ['version']])
  assert.deepEqual(Object.keys(operation?.responses ?? {}), ['200', '400', '401', '403', '404', '409', '413', '415', '422', '429', '503'])
  assert.match(operation?.description ?? '', /password proof/)
})

test('a file is sent as its own type, and a door for everyone asks for no session', () => {
  assert.deepEqual(Object.keys(at('/intake/adf', 'post')?.requestBody?.content ?? {}), ['application/xml'])
  assert.deepEqual(
    at('/intake/adf', 'post')
      ?.parameters.filter((each) => each.in === 'query')
      .map(({ name }) => name),
    ['source'],
  )
  assert.deepEqual([at('/sign-in', 'post')?.security, at('/sign-in', 'post')?.parameters.some(({ name }) => name === 'Idempotency-Key')], [[], false])
})

test('the page shows each act in the reader’s language, runs nothing, and its policy names its own style sheet', async (t) => {
  const http = Fastify()
  t.after(() => http.close())
  serveOpenApi(http, [list, close], '1.2.3')
  const page = await http.inject({ url: '/api/docs', headers: { cookie: 'language=en' } })
  assert.match(page.body, /Programming interface/)
  assert.match(page.body, /Close &#60;it&#62;/)
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page.body) ?? []
  assert.ok(String(page.headers['content-security-policy']).includes(`'sha256-${createHash('sha256').update(style).digest('base64')}'`))
  assert.match((await http.inject({ url: '/api/docs' })).body, /Программный интерфейс/)
  const { info, paths } = (await http.inject({ url: '/api/openapi.json' })).json<OpenApi>()
  assert.deepEqual(info, document.info)
  assert.deepEqual(Object.keys(paths['/live']?.get?.responses ?? {}), ['200', '401'])
  assert.match(page.body, /server-sent events/)
})
