import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from './ends.ts'
import { fingerprint } from './fingerprint.ts'
import { ask, formKeyOf, nameAt, openCompany, otherDoors, pagesOf, type Company, type Page } from './page-doors.ts'
import type { Door } from './doors.ts'
import { stage, type Stage } from './stage.ts'

let scene: Stage
let [ours, theirs]: Company[] = []
let pages: Door[] = []
/** Their own letter or mail program proves a word of "no"; it comes from wherever it comes. */
const isProofEnough = ({ path }: Door): boolean => path.endsWith('/unsubscribe/:token')
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  ;[ours, theirs] = [await openCompany(scene, 'Наша'), await openCompany(scene, 'Чужая')]
  pages = pagesOf(scene)
})
after(ends.close)

const company = (one: Company | undefined): Company => {
  assert.ok(one)
  return one
}
const own = ({ subject }: Company): Record<string, string> => ({ infotech_own: subject.token })
const ofPages = (method: Door['method']): Door[] => pages.filter((door) => door.method === method)
/** What differs between two askings of one page and is nobody's. */
const told = ({ status, text }: Page, ...ids: string[]): unknown => [status, ids.reduce((left, id) => left.replaceAll(id, ''), text.replace(/name="key" value="[^"]*"/g, ''))]

test('the server listens at no address but the acts of the contract, the pages, and these', () => {
  assert.deepEqual(
    otherDoors(scene)
      .filter(({ path }) => !pages.some((page) => page.path === path))
      .map(({ method, path }) => `${method} ${path.replace(/^\/site-assets\/.*/, '/site-assets/')}`)
      .toSorted(),
    ['GET *', 'GET /api/docs', 'GET /api/live', 'GET /api/openapi.json', 'GET /healthz', 'GET /metrics', 'GET /readyz', 'GET /site-assets/'],
  )
  assert.ok(pages.length > 40, `only ${pages.length} pages were found`)
})

test('whatever a page answers, the browser is told to run nothing, to frame nothing and to keep nothing', async () => {
  const home = company(ours)
  const answers: [string, Page][] = []
  for (const { method, path } of pages) {
    for (const [who, cookies] of [
      ['a stranger', {}],
      ['the person', own(home)],
    ] as const) {
      answers.push([`${method} ${path} of ${who}`, await ask(scene, method, nameAt(home, path), { cookies })])
      answers.push([`${method} ${path} at no site of ${who}`, await ask(scene, method, nameAt(home, path, { site: 'nobody' }), { cookies })])
    }
  }
  for (const [what, { status, headers, text }] of answers) {
    assert.ok(status < 500, `${what} answers ${status}`)
    assert.deepEqual([headers['x-content-type-options'], headers['x-frame-options'], headers['referrer-policy']], ['nosniff', 'DENY', 'same-origin'], what)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /default-src 'none'/, what)
    assert.match(policy, /frame-ancestors 'none'/, what)
    assert.match(policy, /base-uri 'none'/, what)
    assert.match(String(headers['cache-control']), /no-store/, what)
    if (!String(headers['content-type']).startsWith('text/html')) continue
    assert.doesNotMatch(policy, /script-src|unsafe/, what)
    assert.doesNotMatch(text, /<script|\son\w+="|javascript:|<style|\sstyle="/i, what)
  }
  for (const line of answers.flatMap(([, { cookies }]) => cookies)) assert.match(line, /; HttpOnly; SameSite=(?:Lax|Strict)/, line)
})

test('to look at pages changes nothing but the log, whoever looks', async () => {
  const [home, other] = [company(ours), company(theirs)]
  // Whoever comes without the cookie of a form gets one; it lies in their browser only.
  const before = await fingerprint(scene.owner, { except: ['portal_sessions'] })
  let seen = 0
  for (const { path } of ofPages('GET'))
    for (const cookies of [{}, own(home), own(other)]) {
      const { status } = await ask(scene, 'GET', nameAt(home, path), { cookies })
      if (status === 200) seen++
    }
  assert.ok(seen > 40, `only ${seen} pages were seen`)
  assert.equal(await fingerprint(scene.owner, { except: ['portal_sessions'] }), before)
})

test('a page that is open at one company is the entrance at another', async () => {
  const [home, other] = [company(ours), company(theirs)]
  const { cookie, key } = await formKeyOf(scene, other)
  for (const { method, path } of pages.filter((door) => door.path.includes('/my/') && !/\/my\/(?:code|enter)/.test(door.path))) {
    const cookies = { ...own(home), infotech_form: cookie }
    const shown = await ask(scene, method, nameAt(other, path), { cookies, payload: new URLSearchParams({ key }).toString() })
    assert.deepEqual([shown.status, shown.location, shown.text], [303, `/site/${other.slug}/my`, ''], `${method} ${path}`)
  }
})

test('what is another company’s or another person’s is as unknown on a page as what never was', async () => {
  const [home, other] = [company(ours), company(theirs)]
  const { cookie, key } = await formKeyOf(scene, home)
  const before = await fingerprint(scene.owner, { tenantId: other.dealer.tenantId })
  let asked = 0
  for (const { method, path } of pages) {
    for (const [, name = ''] of path.matchAll(/:(\w+)/g)) {
      if (['site', 'kind', 'version'].includes(name)) continue
      const never = name === 'token' ? (other.known.token ?? '').replace(/.{12}$/, 'A'.repeat(12)) : randomUUID()
      const look = (value: string): Promise<Page> =>
        ask(scene, method, nameAt(home, path, { [name]: value }), {
          cookies: { ...own(home), infotech_form: cookie },
          payload: new URLSearchParams({ key, code: '123456' }).toString(),
        })
      const nothing = await look(never)
      for (const foreign of [other.known[name] ?? '', home.neighbour[name]]) {
        if (foreign === undefined) continue
        const real = await look(foreign)
        assert.deepEqual(told(real, foreign), told(nothing, never), `${method} ${path} with ${name} of somebody else`)
        assert.equal(real.location.replace(foreign, ''), nothing.location.replace(never, ''))
        asked++
      }
    }
  }
  assert.ok(asked > 25, `only ${asked} names were tried`)
  assert.equal(await fingerprint(scene.owner, { tenantId: other.dealer.tenantId }), before)
})

test('no form is taken that a page of ours has not written for this very browser', async () => {
  const home = company(ours)
  const [mine, another] = [await formKeyOf(scene, home), await formKeyOf(scene, home)]
  const before = await fingerprint(scene.owner)
  const cookies = { ...own(home), infotech_form: mine.cookie }
  const forgeries: Record<string, { cookies?: Record<string, string>; headers?: Record<string, string>; payload: string }> = {
    'from another site': { cookies, headers: { origin: 'https://evil.example' }, payload: `key=${mine.key}` },
    'from nowhere that is told': { cookies, headers: { origin: 'null' }, payload: `key=${mine.key}` },
    'from a page of another site': { cookies, headers: { origin: '', referer: 'https://evil.example/form' }, payload: `key=${mine.key}` },
    'from another site of ours': { cookies, headers: { origin: 'http://localhost.evil.example' }, payload: `key=${mine.key}` },
    'as a browser calls it': { cookies, headers: { 'sec-fetch-site': 'cross-site' }, payload: `key=${mine.key}` },
    'from a sister of ours': { cookies, headers: { 'sec-fetch-site': 'same-site' }, payload: `key=${mine.key}` },
    'without a proof': { cookies, payload: '' },
    'with an empty proof': { cookies, payload: 'key=' },
    'with the proof of another browser': { cookies, payload: `key=${another.key}` },
    'without the cookie': { cookies: own(home), payload: `key=${mine.key}` },
  }
  for (const door of ofPages('POST').filter((each) => !isProofEnough(each)))
    for (const [how, forged] of Object.entries(forgeries)) {
      const shown = await ask(scene, 'POST', nameAt(home, door.path), forged)
      assert.equal(shown.status, 403, `${door.path} ${how}`)
      assert.equal(shown.location, '', how)
    }
  assert.equal(await fingerprint(scene.owner), before)
})

test('wherever a page sends a browser on, it is a page of the same site, whatever the address, the form or the browser says', async () => {
  const home = company(ours)
  const { cookie, key } = await formKeyOf(scene, home)
  const elsewhere = [
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    `/site/${home.slug}/../../evil`,
    `/site/${home.slug}//evil.example`,
    'javascript:alert(1)',
    `/site/${home.slug}/a\r\nX-Evil: 1`,
  ]
  let sent = 0
  for (const word of elsewhere) {
    const fields = Object.fromEntries(['back', 'next', 'url', 'to', 'return', 'redirect', 'place', 'choose', 'address', 'words'].map((name) => [name, word]))
    for (const { method, path } of pages) {
      const query = new URLSearchParams(fields).toString()
      const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'ftp', ...(method === 'POST' ? { origin: 'http://evil.example' } : {}) }
      for (const cookies of [{ infotech_form: cookie }, { ...own(home), infotech_form: cookie }]) {
        const shown = await ask(scene, method, `${nameAt(home, path)}?${query}`, {
          cookies,
          headers,
          payload: new URLSearchParams({ ...fields, key, address: 'vera@mail.example' }).toString(),
        })
        assert.ok(shown.status < 500, `${method} ${path} ${shown.status}`)
        assert.equal(shown.headers['x-evil'], undefined)
        if (shown.location === '') continue
        sent++
        assert.match(shown.location, new RegExp(`^/site/${home.slug}(?:/[\\w.-]+)*(?:\\?[a-z]+=[\\w-]+)?$`), `${method} ${path} leads to ${shown.location}`)
      }
    }
  }
  assert.ok(sent > 100, `only ${sent} pages led on`)
})

test('whoever only listens must be a colleague: a person, a machine and a stranger are sent away', async () => {
  const home = company(ours)
  const machine = await scene.machine(home.dealer)
  for (const headers of [{}, { cookie: `infotech_own=${home.subject.token}` }, { authorization: `Bearer ${machine.token}` }, { cookie: 'infotech=x' }]) {
    const reply = await scene.app.http.inject({ method: 'GET', url: '/api/live', headers: headers as Record<string, string> })
    assert.deepEqual([reply.statusCode, reply.json().error], [401, 'not_signed_in'])
  }
})

test('the mailbox of the demonstration is nowhere but in the demonstration', async () => {
  for (const url of ['/api/demo/mailbox', '/api/demo/mailbox/1234567890123-00000000-0000-4000-8000-000000000000', '/demo/mailbox'])
    assert.equal((await scene.app.http.inject({ method: 'GET', url })).statusCode, 404, url)
})
