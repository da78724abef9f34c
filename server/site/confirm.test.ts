import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Dealer } from '../../test/dealer.ts'
import { eventually } from '../../test/eventually.ts'
import { workerStage, type WorkerStage } from '../../test/worker-stage.ts'
import { demoMailboxFolder, listDemoLetters, readDemoLetter } from '../platform/mail/demo-mailbox.ts'
import { openBrowser, publishTexts, showModelOf } from './browser-stage.ts'

let it: WorkerStage
let dealer: Dealer
let at: string
let needed: Record<string, string>
before(async (t) => {
  it = await workerStage(t as never)
  dealer = await it.dealer('Звезда')
  needed = { interest: 'service', name: 'Вера', consent_request: (await publishTexts(it, dealer)).request }
  await showModelOf(it, dealer)
  at = `/site/${(await it.site(dealer)).slug}/request`
})

async function send(fields: Record<string, string>): Promise<string> {
  const browser = openBrowser(it)
  await browser.get(at)
  it.clock.forward(30_000)
  const page = await browser.post(at, { ...browser.hidden(at), ...needed, ...fields })
  assert.equal(page.status, 303, page.body.slice(0, 200))
  const { rows } = await it.owner.query<{ number: string }>(`select number from leads where tenant_id = $1 and external_ref = $2`, [
    dealer.tenantId,
    page.location.split('/').at(-1),
  ])
  return rows[0]!.number
}
const lettersTo = async (address: string) => {
  const folder = demoMailboxFolder(it.folder)
  return Promise.all((await listDemoLetters(folder)).filter(({ to }) => to.includes(address)).map(({ id }) => readDemoLetter(folder, id)))
}

test('whoever left an e-mail gets a letter: what was asked, its number, who answers by when, and a way to their own page that is good once', async () => {
  const number = await send({ phone: '+7 900 555-70-01', email: 'vera@mail.example', model: dealer.modelId })
  const letter = await eventually(async () => (await lettersTo('vera@mail.example'))[0] ?? undefined, 'the letter')
  assert.match(letter?.subject ?? '', new RegExp(`№ ${number}`))
  assert.match(letter?.text ?? '', new RegExp(`Здравствуйте, Вера![^]*№ ${number}: сервис, Модель[^]*ответит вам до`))
  const path = /http:\/\/localhost(\/site\/\S+\/my\/enter\/\S+)/.exec(letter?.text ?? '')?.[1] ?? ''
  assert.ok(path, letter?.text)
  assert.equal((await openBrowser(it).get(path)).status, 200)
})

test('whoever writes a stranger’s phone and an e-mail of their own is not shown the way to the stranger’s page', async () => {
  await send({ phone: '+7 900 555-70-02', email: 'sonya@mail.example' })
  await eventually(async () => (await lettersTo('sonya@mail.example')).length === 1, 'the letter')
  await send({ phone: '+7 900 555-70-02', email: 'nosy@evil.example' })
  const state = await eventually(async () => {
    const { rows } = await it.owner.query<{ state: string }>(`select state from outbound_messages where tenant_id = $1 order by queued_at desc limit 1`, [dealer.tenantId])
    return !['queued', 'sending'].includes(rows[0]?.state ?? 'queued') && rows[0]?.state
  }, 'the fate of the letter')
  assert.notEqual(state, 'sent')
  assert.deepEqual(await lettersTo('nosy@evil.example'), [])
})
