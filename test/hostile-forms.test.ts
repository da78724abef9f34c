import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from './ends.ts'
import { fingerprint } from './fingerprint.ts'
import { ask, formKeyOf, nameAt, openCompany, pagesOf, type Company, type Page } from './page-doors.ts'
import { stage, type Stage } from './stage.ts'

/** A form as a page of ours shows it: where it is sent, and every field of it with what stands there. */
type Form = { action: string; fields: Record<string, string> }

const words: Record<string, string> = {
  plain: `'); drop table persons; -- <img src=x onerror=alert(1)>"'&lt; \${7*7}{{7*7}}%s%n ../../etc/passwd`,
  nul: 'a\u0000b',
  direction: '\u202egnp.exe\u202c',
  invisible: 'И\u200bва\u2060нов\ufeff',
  emoji: '😀'.repeat(300),
  combining: 'Z\u0351\u036b'.repeat(300),
  long: 'я'.repeat(7_500),
  longer: 'x'.repeat(9_000),
  blank: '   ',
  line: 'a\r\nSet-Cookie: x=1',
  number: '1e400',
  link: 'https://evil.example/',
  mail: 'a@b.example\r\nBcc: c@d.example',
}
/** Bodies that are no form, or one that nobody would fill in. */
const bodies = (key: string): Record<string, string | Buffer> => ({
  nothing: '',
  fields: Array.from({ length: 10_000 }, (_, n) => `f${n}=1`).join('&'),
  twice: `key=${key}&key=x&${'name=a&'.repeat(50)}`,
  name: `key=${key}&${'n'.repeat(5_000)}=1`,
  big: `key=${key}&wishes=${'x'.repeat(70_000)}`,
  percent: `key=${key}&name=%`,
  bytes: Buffer.concat([Buffer.from(`key=${key}&name=`), Buffer.from([0xff, 0xfe, 0xc0, 0x80])]),
  encodedBytes: `key=${key}&name=%ff%fe%c0%80`,
  encodedNul: `key=${key}&name=a%00b`,
  pollution: `key=${key}&__proto__=x&constructor=y&toString=z&name[]=1&name[a]=2`,
  separators: `&&&=&=a&&key=${key}&;`,
  json: JSON.stringify({ key, name: 'Вера' }),
})

let scene: Stage
let [home, other]: Company[] = []
let proof: { cookie: string; key: string }
let forms: Form[] = []
const ends = openEnds()
before(async () => {
  scene = await stage(ends)
  ;[home, other] = [await openCompany(scene, 'Наша'), await openCompany(scene, 'Чужая')]
  assert.ok(home)
  proof = await formKeyOf(scene, home)
  forms = await formsOf(home)
})
after(ends.close)

const cookies = (): Record<string, string> => ({ infotech_own: home?.subject.token ?? '', infotech_form: proof.cookie })
const sent = (action: string, payload: string | Buffer, headers: Record<string, string> = {}): Promise<Page> => ask(scene, 'POST', action, { cookies: cookies(), payload, headers })

/** Every form of every page that the person sees, by its address, each once. */
async function formsOf(company: Company): Promise<Form[]> {
  const found = new Map<string, Form>()
  for (const door of pagesOf(scene).filter(({ method }) => method === 'GET')) {
    for (const whose of [cookies(), { infotech_form: proof.cookie }]) {
      const { text } = await ask(scene, 'GET', nameAt(company, door.path), { cookies: whose })
      for (const [, action = '', inside = ''] of text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/g)) found.set(action, { action, fields: fieldsOf(inside) })
    }
  }
  return [...found.values()]
}

const fieldsOf = (inside: string): Record<string, string> =>
  Object.fromEntries(
    [...inside.matchAll(/<(?:input|textarea|select|button)\b[^>]*\bname="([^"]+)"[^>]*?(?:\bvalue="([^"]*)")?[^>]*>/g)].map(([, name, value]) => [name, value ?? '']),
  )

/** Words for whoever looks at the page, and nothing that was sent comes back as more than words. */
function assertInWords(what: string, { status, text, headers, location }: Page): void {
  assert.ok(status < 500, `${what} answers ${status} ${text.slice(0, 200)}`)
  assert.equal(headers['x-evil'], undefined, what)
  if (location !== '') return assert.equal(status, 303, what)
  assert.match(String(headers['content-type']), /^text\/html/, what)
  assert.match(text, /<h1[^>]*>[^<]{3,}/, `${what} says nothing`)
  assert.doesNotMatch(text, /<img src=x|<script|\bonerror=alert\(1\)>/, what)
}

test('the forms of the pages were found, with their fields', () => {
  const posted = pagesOf(scene).filter(({ method }) => method === 'POST')
  for (const { path } of posted.filter((door) => !door.path.includes('/unsubscribe/'))) {
    const shape = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
    assert.ok(
      forms.some(({ action }) => shape.test(action)),
      `no page shows the form of ${path}`,
    )
  }
  const request = forms.find(({ action }) => action.endsWith('/request'))
  for (const field of ['key', 'token', 'name', 'phone', 'email', 'wishes', 'place', 'website', 'consent_request', 'policy']) assert.ok(field in (request?.fields ?? {}), field)
})

test('hostile words in any field of any form come back as words or are refused in words, and what is refused leaves nothing', async () => {
  for (const { action, fields } of forms) {
    const before = await fingerprint(scene.owner, { except: ['portal_sessions', 'portal_challenges'] })
    let accepted = false
    for (const name of Object.keys(fields))
      for (const [kind, word] of Object.entries(words)) {
        const shown = await sent(action, new URLSearchParams({ ...fields, key: proof.key, [name]: word }).toString())
        assertInWords(`${action} ${name} with ${kind}`, shown)
        accepted ||= shown.location !== ''
        if (name === 'key') assert.equal(shown.status >= 400, true, `${action} without its proof`)
      }
    if (!accepted) assert.equal(await fingerprint(scene.owner, { except: ['portal_sessions', 'portal_challenges'] }), before, action)
  }
})

test('a body that is no form of ours is refused in words, however it is broken', async () => {
  for (const { action } of forms)
    for (const [kind, body] of Object.entries(bodies(proof.key))) {
      assertInWords(`${action} with ${kind}`, await sent(action, body))
      if (kind === 'fields' || kind === 'big' || kind === 'bytes') assert.ok([400, 403, 413, 422].includes((await sent(action, body)).status), `${action} with ${kind}`)
    }
  for (const { action } of forms)
    for (const type of ['application/json', 'multipart/form-data; boundary=x', 'text/plain', 'application/xml', 'x'])
      assertInWords(`${action} as ${type}`, await sent(action, `key=${proof.key}`, { 'content-type': type }))
})

test('the link of a letter takes a click in whatever form it comes, and no other link opens', async () => {
  const at = `/site/${home?.slug}/unsubscribe`
  const before = await fingerprint(scene.owner)
  const strange = ['x', 'A'.repeat(190), '%00', "'%3B--", '..%2f..', other?.known.token ?? '', home?.known.token ?? '', home?.subject.token ?? '']
  for (const token of strange)
    for (const [kind, body] of Object.entries(bodies('x'))) {
      const shown = await sent(`${at}/${token}`, body)
      assertInWords(`${token.slice(0, 20)} with ${kind}`, shown)
      assert.ok(shown.status >= 400, `${token.slice(0, 20)} with ${kind}`)
      assertInWords(token.slice(0, 20), await ask(scene, 'GET', `${at}/${token}`))
    }
  assert.equal(await fingerprint(scene.owner), before)
})

test('the ticket of a form of another site, of another day or of nobody is given anew, and nothing is kept', async () => {
  const [request] = forms.filter(({ action }) => action.endsWith('/request'))
  assert.ok(request && other)
  const { text } = await ask(scene, 'GET', `/site/${other.slug}/request`)
  const theirs = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const before = await fingerprint(scene.owner)
  const filled = { ...request.fields, key: proof.key, name: 'Вера', phone: '+7 999 000-00-01', website: '' }
  for (const token of [theirs, '', 'x', 'A'.repeat(600), home?.known.token ?? '', (request.fields.token ?? '').replace(/.$/, 'A')]) {
    const shown = await sent(request.action, new URLSearchParams({ ...filled, token }).toString())
    assertInWords(`with the ticket ${token.slice(0, 10)}`, shown)
    assert.equal(shown.status, 422)
  }
  assert.equal(await fingerprint(scene.owner), before)
})

test('words in an address or a query of any page come back as words', async () => {
  assert.ok(home)
  for (const { path } of pagesOf(scene).filter(({ method }) => method === 'GET'))
    for (const [kind, word] of Object.entries(words)) {
      const text = encodeURIComponent(word.slice(0, 300).toWellFormed())
      const query = ['lang', 'done', 'over', 'filed', 'person', 'cursor', 'saved', 'model', 'place', 'interest', 'utm_campaign', '__proto__']
        .map((name) => `${name}=${text}`)
        .join('&')
      const shown = await ask(scene, 'GET', `${nameAt(home, path)}?${query}`, { cookies: cookies() })
      assert.ok(shown.status < 500, `${path} with ${kind} answers ${shown.status}`)
      assert.doesNotMatch(shown.text, /<img src=x|<script/, path)
      const named = path.replace(/:(?!site)\w+|\*$/g, text).replace(':site', home.slug)
      if (named !== path.replace(':site', home.slug)) assert.ok((await ask(scene, 'GET', named, { cookies: cookies() })).status < 500, `${named} with ${kind}`)
    }
})
