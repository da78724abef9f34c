import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { serveMetrics } from '../metrics/metrics.ts'
import { createHttp } from './app.ts'
import { serveFiles } from './files.ts'
import { serveHealth } from './health.ts'
import { shedLoad } from './shedding.ts'

const refused = (status: number) => () => Object.assign(new Error('no'), { statusCode: status })

function bare(t: TestContext): FastifyInstance {
  const http = createHttp({
    logLevel: 'silent',
    isSecure: false,
    trustProxy: false,
    answerError: (error, _request, reply) => reply.code((error as { statusCode?: number }).statusCode ?? 500).send({ error: 'no' }),
  })
  t.after(() => http.close())
  return http
}

function folderOfTheWeb(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'infotech-web-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<title>Infotech</title>')
  writeFileSync(join(folder, 'assets/app-1a2b.js'), 'plain')
  writeFileSync(join(folder, 'assets/app-1a2b.js.br'), 'squeezed')
  return folder
}

test('a browser gets the page at every address of the application, and keeps files whose name holds their hash', async (t) => {
  const http = bare(t)
  assert.equal(await serveFiles(http, folderOfTheWeb(t)), true)
  for (const url of ['/', '/leads/0190a0c0', '/sign-in?next=%2F']) {
    const page = await http.inject({ url })
    assert.deepEqual([page.statusCode, page.body, page.headers['cache-control']], [200, '<title>Infotech</title>', 'no-cache'], url)
    assert.match(String(page.headers['content-security-policy']), /script-src 'self'/)
  }
  const plain = await http.inject({ url: '/assets/app-1a2b.js' })
  assert.deepEqual([plain.body, plain.headers['cache-control']], ['plain', 'public, max-age=31536000, immutable'])
  const squeezed = await http.inject({ url: '/assets/app-1a2b.js', headers: { 'accept-encoding': 'gzip, br' } })
  assert.deepEqual([squeezed.body, squeezed.headers['content-encoding']], ['squeezed', 'br'])
})

test('a script that is no longer there does not come as a page', async (t) => {
  const http = bare(t)
  await serveFiles(http, folderOfTheWeb(t))
  for (const url of ['/assets/gone-9f.js', '/api/nothing', '/assets/..%2f..%2fpackage.json']) assert.equal((await http.inject({ url })).statusCode, 404, url)
})

test('an installation whose vault does not answer says so to the balancer, and still says that it lives', async (t) => {
  const http = bare(t)
  let isVaultWell = false
  let asked = 0
  const watch = serveHealth(http, { database: async () => asked++, vault: async () => (isVaultWell ? 'ok' : Promise.reject(new Error('gone'))) })
  const sick = await http.inject({ url: '/readyz' })
  assert.deepEqual([sick.statusCode, sick.json()], [503, { status: 'not_ready', checks: { database: 'ok', vault: 'failed' } }])
  assert.equal((await http.inject({ url: '/healthz' })).statusCode, 200)
  await Promise.all(Array.from({ length: 20 }, () => http.inject({ url: '/readyz' })))
  assert.equal(asked, 1, 'twenty questions in a second ask the database once')
  isVaultWell = true
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2_000 })
  assert.equal((await http.inject({ url: '/readyz' })).statusCode, 200)
  watch.stopping()
  assert.deepEqual((await http.inject({ url: '/readyz' })).json<{ status: string }>().status, 'stopping')
})

test('one request too many is sent away with a time to come back; the others are answered', async (t) => {
  const http = bare(t)
  const gate = Promise.withResolvers<void>()
  const load = shedLoad(http, { maxInFlight: 2, maxLagMs: 10_000, refusal: refused(503) })
  http.get('/slow', async () => gate.promise.then(() => 'done'))
  http.get('/healthz', async () => 'ok')
  await http.ready()
  const [first, second] = [http.inject({ url: '/slow' }), http.inject({ url: '/slow' })]
  await new Promise((resolve) => setImmediate(resolve))
  const third = await http.inject({ url: '/slow' })
  assert.deepEqual([third.statusCode, third.headers['retry-after'], load.shed], [503, '2', 1])
  assert.equal((await http.inject({ url: '/healthz' })).statusCode, 200)
  gate.resolve()
  assert.deepEqual(
    (await Promise.all([first, second])).map(({ body }) => body),
    ['done', 'done'],
  )
  assert.equal((await http.inject({ url: '/slow' })).statusCode, 200)
})

test('on a machine that is busy with something else one person is answered all the same; a crowd is told to come back', async (t) => {
  const http = bare(t)
  const gate = Promise.withResolvers<void>()
  const load = shedLoad(http, { maxInFlight: 100, maxLagMs: 50, refusal: refused(503) })
  http.get('/slow', async () => gate.promise.then(() => 'done'))
  http.get('/quick', async () => 'done')
  await http.ready()
  const slow = Array.from({ length: 16 }, () => http.inject({ url: '/slow' }))
  await new Promise((resolve) => setImmediate(resolve))
  while (load.lagMs <= 50) {
    for (const until = performance.now() + 700; performance.now() < until;);
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  assert.equal((await http.inject({ url: '/quick' })).statusCode, 503)
  gate.resolve()
  await Promise.all(slow)
  load.lagMs = 1_000
  assert.equal((await http.inject({ url: '/quick' })).statusCode, 200)
})

test('a text nested deeper than anybody means is refused before anything walks it; brackets inside a string are only a string', async (t) => {
  const http = bare(t)
  http.post('/', async () => 'read')
  const post = async (payload: string) => (await http.inject({ method: 'POST', url: '/', payload, headers: { 'content-type': 'application/json' } })).statusCode
  assert.equal(await post(`${'['.repeat(65)}${']'.repeat(65)}`), 400)
  assert.equal(await post(`${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`), 400)
  assert.equal(await post(`${'['.repeat(64)}${']'.repeat(64)}`), 200)
  assert.equal(await post(JSON.stringify({ text: `\\"${'['.repeat(500)}`, list: [[1], [2]] })), 200)
})

test('an address that is no address gets the same kind of refusal as everything else', async (t) => {
  const http = bare(t)
  http.get('/persons/:personId', async () => 'read')
  const reply = await http.inject({ url: '/persons/%ff' })
  assert.deepEqual([reply.statusCode, reply.json()], [400, { error: 'no' }])
  const sound = await http.inject({ url: '/persons/1' })
  for (const name of ['x-content-type-options', 'x-frame-options', 'content-security-policy']) assert.equal(reply.headers[name], sound.headers[name], name)
})

test('metrics name routes and codes, never what stood in the address', async (t) => {
  const http = bare(t)
  serveMetrics(http, { readings: [{ name: 'infotech_queue', help: 'Waiting', read: () => 7 }], token: null, refusal: refused(404) })
  http.get('/persons/:personId', async () => ({}))
  await http.inject({ url: '/persons/ivanov?phone=79990001122' })
  const { body } = await http.inject({ url: '/metrics' })
  assert.match(body, /infotech_http_request_seconds_count\{method="GET",route="\/persons\/:personId",status="2xx"\} 1/)
  assert.match(body, /infotech_queue 7/)
  assert.doesNotMatch(body, /ivanov|79990001122/)
})

test('metrics are for this machine, or for whoever shows the token', async (t) => {
  const [local, guarded] = [bare(t), bare(t)]
  serveMetrics(local, { readings: [], token: null, refusal: refused(404) })
  serveMetrics(guarded, { readings: [], token: 'a-long-token', refusal: refused(404) })
  assert.equal((await local.inject({ url: '/metrics' })).statusCode, 200)
  assert.equal((await local.inject({ url: '/metrics', remoteAddress: '10.0.0.7' })).statusCode, 404)
  assert.equal((await local.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } })).statusCode, 404, 'a stranger behind a proxy of this machine')
  assert.equal((await guarded.inject({ url: '/metrics' })).statusCode, 404)
  assert.equal((await guarded.inject({ url: '/metrics', headers: { authorization: 'Bearer another' } })).statusCode, 404)
  assert.equal((await guarded.inject({ url: '/metrics', remoteAddress: '10.0.0.7', headers: { authorization: 'Bearer a-long-token' } })).statusCode, 200)
})
