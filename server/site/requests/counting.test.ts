import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { stage, type Stage } from '../../../test/stage.ts'
import { openBrowser, publishTexts, type Browser, type Page } from '../browser-stage.ts'

let it: Stage
let at: string
let textId: string
before(async (t) => {
  it = await stage(t as never)
  const dealer = await it.dealer('Звезда')
  textId = (await publishTexts(it, dealer)).request
  at = `/site/${(await it.site(dealer)).slug}/request`
})

const READING_MS = 30_000
const vera = (phone: string): Record<string, string> => ({ interest: 'test_drive', name: 'Соколова Вера Ильинична', phone, consent_request: textId })

/** The form, read for half a minute and filled in. */
async function fillIn(browser: Browser, phone: string): Promise<Record<string, string>> {
  await browser.get(at)
  it.clock.forward(READING_MS)
  return { ...browser.hidden(at), ...vera(phone) }
}
async function send(phone: string): Promise<Page> {
  const browser = openBrowser(it)
  return browser.post(at, await fillIn(browser, phone))
}

/** The database goes away under a request that is nearly taken. */
async function duringOutage(run: () => Promise<void>): Promise<void> {
  await it.owner.query(`create function going_away() returns trigger language plpgsql as $$ begin raise exception 'going away' using errcode = 'admin_shutdown'; end $$`)
  await it.owner.query(`create trigger going_away before insert on site_requests for each row execute function going_away()`)
  try {
    await run()
  } finally {
    await it.owner.query(`drop function going_away cascade`)
  }
}

test('one phone cannot be made to ring all day: after six requests an hour the page says to wait', async () => {
  for (let n = 0; n < 6; n += 1) assert.equal((await send('+7 900 555-00-01')).status, 303)
  const page = await send('+7 900 555-00-01')
  assert.equal(page.status, 429)
  assert.match(page.body, /Слишком много заявок подряд/)
})

test('a form that failed on our side counts once, however often it is tried again', async () => {
  const browser = openBrowser(it)
  const sent = await fillIn(browser, '+7 900 555-00-02')
  await duringOutage(async () => {
    for (let n = 0; n < 10; n += 1) assert.equal((await browser.post(at, sent)).status, 503, `attempt ${n}`)
  })
  assert.equal((await browser.post(at, sent)).status, 303)
  for (let n = 0; n < 5; n += 1) assert.equal((await send('+7 900 555-00-02')).status, 303)
  assert.equal((await send('+7 900 555-00-02')).status, 429)
})

test('a form that was counted once is no ticket to other phones, nor to a crowd of attempts', async () => {
  for (let n = 0; n < 6; n += 1) assert.equal((await send('+7 900 555-00-03')).status, 303)
  const browser = openBrowser(it)
  const sent = await fillIn(browser, '+7 900 555-00-04')
  await duringOutage(async () => {
    assert.equal((await browser.post(at, sent)).status, 503)
    for (let n = 0; n < 3; n += 1) assert.equal((await browser.post(at, { ...sent, phone: '+7 900 555-00-03' })).status, 429)
    const answers = new Set<number>()
    for (let n = 0; n < 130; n += 1) answers.add((await browser.post(at, sent)).status)
    assert.deepEqual([...answers], [503, 429])
  })
})
