import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { peopleJobs } from '../people/jobs.ts'
import { mailingStage, slug, well, type MailingStage } from './mailing-stage.ts'
import { sealUnsubscribe } from './unsubscribe/token.ts'
import { openEnds } from '../../test/ends.ts'

type Verdict = { may: boolean; because: string }

let it: MailingStage
const ends = openEnds()
before(async () => {
  it = await mailingStage(ends)
})
after(ends.close)
let numbers = 7000
const address = (who: string): string => `${who}.${randomUUID().slice(0, 6)}@example.com`
const phone = (): string => `+7999600${numbers++}`
const may = async (id: string, channel: string): Promise<Verdict> => (await it.anna.get<Verdict>(`/persons/${id}/may-contact?channel=${channel}&messageKind=advertising`)).body

/** A client who got a letter, and the path of its link. */
async function written(of: Parameters<MailingStage['client']>[0]): Promise<{ personId: string; path: string }> {
  const personId = await it.client(of)
  const mailingId = await it.prepared()
  await it.start(mailingId)
  await it.done(mailingId)
  const [letter] = await it.lettersTo(of.email ?? '')
  return { personId, path: (letter?.unsubscribe ?? '').replace('http://localhost', '') }
}
const visit = (method: 'GET' | 'POST', url: string, payload?: string, headers: Record<string, string> = {}) =>
  it.app.http.inject({
    method,
    url,
    headers: { ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
const queuedFor = async (personId: string): Promise<{ state: string; because: string | null }[]> =>
  (await it.owner.query('select state, because from outbound_messages where person_id = $1 order by queued_at, id', [personId])).rows

test('a program that opens every link stops nothing: the page only tells what its button would do', async () => {
  const { personId, path } = await written({ email: address('vera'), agrees: ['email'] })
  for (let times = 0; times < 3; times++) {
    const page = await visit('GET', path)
    assert.equal(page.statusCode, 200)
    assert.match(page.body, /ООО «Звезда Моторс» больше не будет присылать вам рекламу по электронной почте/)
    assert.match(page.body, new RegExp(`<form method="post" action="${path}">`))
  }
  assert.equal((await it.app.http.inject({ method: 'HEAD', url: path })).statusCode, 200)
  assert.equal((await may(personId, 'email')).may, true)
})

test('Vera unsubscribes by one click of her mail program while the mailing runs: what was queued for her address is cancelled at once, whoever it was for', async () => {
  const email = address('vera')
  const { personId, path } = await written({ email, phone: phone(), agrees: ['email', 'sms'] })
  const twin = await it.client({ name: 'Соколова В.', email, agrees: ['email'] })
  const mailingId = await it.prepared()
  const { rows: templates } = await it.owner.query('select template_id from mailings where id = $1', [mailingId])
  // The mailing runs and its rows wait: the worker is elsewhere.
  await it.owner.query(`update mailings set state = 'paused', is_gathered = true where id = $1`, [mailingId])
  const hash = await it.job(it.zhanna.dealer, 'outbound', async (ctx) => {
    const { emails } = await ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { emails: [email], door: 'test' })
    return Buffer.from(emails[0] ?? '', 'base64')
  })
  for (const id of [personId, twin])
    await it.owner.query(
      `insert into outbound_messages (tenant_id, id, mailing_id, template_id, person_id, channel, kind, purpose, address_token, state, because, queued_at) values ($1, $2, $3, $4, $5, 'email', 'advertising', 'marketing', $6, 'queued', 'consents', now())`,
      [it.zhanna.dealer.tenantId, randomUUID(), mailingId, templates[0].template_id, id, hash],
    )
  const said = await visit('POST', path, 'List-Unsubscribe=One-Click', { 'user-agent': 'Mail/1.0' })
  assert.equal(said.statusCode, 200, 'RFC 8058 wants no redirect')
  assert.match(said.body, /Готово\. Реклама по электронной почте остановлена/)
  for (const id of [personId, twin]) assert.deepEqual((await queuedFor(id)).at(-1), { state: 'cancelled', because: 'unsubscribed' })
  assert.deepEqual([(await may(personId, 'email')).because, (await may(twin, 'email')).because, (await may(personId, 'sms')).may], ['objection', 'objection', true])

  const { body } = await it.anna.get<{ events: { id: string; kind: string; state: string; how: string; place: string }[] }>(`/persons/${personId}/consents`)
  const [event] = body.events
  assert.deepEqual([event?.kind, event?.state, event?.how, event?.place], ['advertising_email', 'withdrawn', 'unsubscribe_link', 'unsubscribe'])
  const { rows } = await it.owner.query(`select 1 from facts where person_id = $1 and class = 'communication' and record_id = $2`, [personId, event?.id])
  assert.equal(rows.length, 1, 'from where it was said is sealed as a fact of the event')
  await it.start(mailingId)
  await it.done(mailingId)
  assert.equal((await it.lettersTo(email)).length, 1, 'nothing more came')

  await visit('POST', path, 'List-Unsubscribe=One-Click')
  const { body: again } = await it.anna.get<typeof body>(`/persons/${personId}/consents`)
  assert.equal(again.events.length, body.events.length, 'a second click adds no second withdrawal')
  const lifted = await it.anna.post(`/persons/${personId}/consents`, { kind: 'advertising_email', state: 'given', how: 'staff_call' })
  assert.equal(lifted.status, 200)
  assert.equal((await may(personId, 'email')).may, true, 'her own new consent lifts it')
})

test('a mail program may send the click in the other form, without cookies and from wherever it is', async () => {
  const { personId, path } = await written({ email: address('oleg'), agrees: ['email'] })
  const body = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'
  const said = await visit('POST', path, body, { 'content-type': 'multipart/form-data; boundary=x', origin: 'https://mail.example', 'sec-fetch-site': 'cross-site' })
  assert.equal(said.statusCode, 200)
  assert.equal((await may(personId, 'email')).because, 'objection')
})

test('the button of the page leads back to it, and "everywhere" stops every channel', async () => {
  const { personId, path } = await written({ email: address('nina'), phone: phone(), agrees: ['email', 'sms', 'call'] })
  const first = await visit('POST', path, 'scope=this')
  assert.deepEqual([first.statusCode, first.headers.location], [303, path])
  const page = await visit('GET', path)
  assert.match(page.body, /Реклама по электронной почте остановлена[^]*Остановить рекламу везде/)
  assert.equal((await may(personId, 'call')).may, true)
  await visit('POST', path, 'scope=all_channels')
  for (const channel of ['email', 'sms', 'call']) assert.equal((await may(personId, channel)).because, 'objection', channel)
  assert.doesNotMatch((await visit('GET', path)).body, /<button/)
  assert.match((await visit('GET', path, undefined, { 'accept-language': 'en' })).body, /Advertising by e-mail and in messages to your phone and by phone is stopped/)
})

test('the link works after its person was destroyed, and holds for whoever comes back with the address', async () => {
  const email = address('anton')
  const { personId, path } = await written({ email, agrees: ['email'] })
  await it.owner.query(`update persons set destroy_after = now() - interval '1 day' where id = $1`, [personId])
  await it.owner.query(`update grounds set ended_at = now() - interval '40 days', ended_reason = 'purpose_reached' where person_id = $1`, [personId])
  await it.job(it.zhanna.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
  assert.equal((await it.owner.query('select 1 from persons where id = $1', [personId])).rowCount, 0)
  assert.equal((await it.owner.query('select 1 from outbound_messages where person_id is null')).rowCount !== 0, true, 'the messages stay as statistics')
  assert.equal((await visit('GET', path)).statusCode, 200)
  assert.equal((await visit('POST', path, 'List-Unsubscribe=One-Click')).statusCode, 200)
  const back = await it.client({ email, agrees: [] })
  await well(it.anna.post(`/persons/${back}/consents`, { kind: 'advertising_data', state: 'given', how: 'staff_call' }))
  assert.equal((await may(back, 'email')).because, 'objection')
})

test('a forged link, one of another company, one for something else and one of nothing are the same page', async () => {
  const { path } = await written({ email: address('egor'), agrees: ['email'] })
  const rival = await it.dealer('Соперник')
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Соперник')`, [rival.tenantId])
  await it.owner.query(`insert into site_slugs (slug, tenant_id) values ('rival', $1)`, [rival.tenantId])
  const token = path.split('/').at(-1) ?? ''
  const other = await it.job(it.zhanna.dealer, 'outbound', async (ctx) =>
    (await ctx.vault.protect('invitation:another', Buffer.from(token, 'base64url').subarray(0, 82))).toString('base64url'),
  )
  const bent = `${token.slice(0, 40)}${token[40] === 'A' ? 'B' : 'A'}${token.slice(41)}`
  const wrong = [`/site/rival/unsubscribe/${token}`, `/site/${slug}/unsubscribe/${other}`, `/site/${slug}/unsubscribe/${bent}`, `/site/${slug}/unsubscribe/nothing`]
  const before = (await it.owner.query('select count(*)::int n from objections')).rows[0].n
  const bodies = new Set<string>()
  for (const url of wrong) {
    for (const method of ['GET', 'POST'] as const) {
      const reply = await visit(method, url, method === 'POST' ? 'List-Unsubscribe=One-Click' : undefined)
      assert.equal(reply.statusCode, 404, url)
      bodies.add(
        reply.body
          .replace(/<(header|footer)[^]*?<\/\1>/g, '')
          .replaceAll(url, '')
          .replaceAll(/Звезда|Соперник|\/site\/\w+|value="[^"]*"/g, ''),
      )
    }
  }
  assert.equal(bodies.size, 1)
  assert.equal((await it.owner.query('select count(*)::int n from objections')).rows[0].n, before)
  await fc.assert(
    fc.asyncProperty(fc.base64String({ maxLength: 200 }), async (text) => {
      const reply = await visit('GET', `/site/${slug}/unsubscribe/${encodeURIComponent(text || 'x')}`)
      assert.ok(reply.statusCode === 404 || reply.statusCode === 400, String(reply.statusCode))
    }),
    { numRuns: 30 },
  )
})

test('a link names its company: sealed for one it opens at no other, whatever it says of people', async () => {
  const personId = await it.client({ email: address('yana'), agrees: ['email'] })
  const stranger = await it.dealer('Чужой')
  const forged = await it.job(it.zhanna.dealer, 'outbound', (ctx) =>
    sealUnsubscribe(ctx, { tenantId: stranger.tenantId, channel: 'email', addressToken: Buffer.alloc(32), messageId: randomUUID(), personId }),
  )
  assert.equal((await visit('POST', `/site/${slug}/unsubscribe/${forged}`, 'scope=all_channels')).statusCode, 404)
  assert.equal((await may(personId, 'email')).may, true)
})

test('a company that closed its site since still hears the "no" to what it sent; its other pages are gone', async () => {
  const { personId, path } = await written({ email: address('zoya'), agrees: ['email'] })
  await it.owner.query('update sites set is_open = false where tenant_id = $1', [it.zhanna.dealer.tenantId])
  try {
    assert.equal((await visit('GET', `/site/${slug}/consents`)).statusCode, 404)
    assert.equal((await visit('GET', path)).statusCode, 200)
    assert.equal((await visit('POST', path, 'List-Unsubscribe=One-Click')).statusCode, 200)
    assert.equal((await may(personId, 'email')).because, 'objection')
  } finally {
    await it.owner.query('update sites set is_open = true where tenant_id = $1', [it.zhanna.dealer.tenantId])
  }
})
