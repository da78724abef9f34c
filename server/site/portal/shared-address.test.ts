/** A phone or a mailbox of a whole family proves that somebody of it came, not who (152-ФЗ art. 14 ч.2, 3; decision 0016). */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import type { Person } from '../../../test/stage.ts'
import { openVault } from '../../vault/index.ts'
import { publishTexts } from '../browser-stage.ts'
import { openBrowser } from './browser-stage.ts'
import { portalLink } from './index.ts'
import { cookieOf, portalStage, type PortalStage } from './portal-stage.ts'

let it: PortalStage
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
})
after(ends.close)

type Shown = { isProved: boolean; persons: { personId: string; masked: { name: string; phone: string | null; email: string | null }; destroyAfter: string | null }[] }
type Refused = { error: string }
type Family = { phone: string; mailbox: string; pyotr: string; alla: string; hers: string }
let used = 0
/** Pyotr and Alla have one phone and one mailbox between them; Alla has an e-mail besides that is hers alone. */
async function family(): Promise<Family> {
  const n = 10 + used++
  const [phone, mailbox, hers] = [`+7 979 000-20-${n}`, `semyonovy${n}@mail.example`, `alla${n}@mail.example`]
  const pyotr = await it.client({ fullName: 'Семёнов Пётр Ильич', phones: [phone], emails: [mailbox] })
  const alla = await it.client({ fullName: 'Шестакова Алла Юрьевна', phones: [phone], emails: [mailbox, hers] })
  return { phone, mailbox, pyotr, alla, hers }
}
const everyReading = ['/own/data', '/own/copy', '/own/recipients', '/own/requests']
const readingsOf = async (person: Person, personId: string): Promise<(string | number)[][]> =>
  Promise.all(
    [...everyReading, `/own/persons/${personId}/looks`].map(async (path) => {
      const { status, body } = await person.get<Refused>(path)
      return [status, body.error]
    }),
  )

test('a family that shares a phone is told that there are several, and reads nothing of each other by it', async () => {
  const { phone, pyotr, alla } = await family()
  const somebody = await it.come(phone)
  const { body } = await somebody.get<Shown>('/own')
  assert.equal(body.isProved, false)
  assert.deepEqual(
    body.persons.map(({ personId, masked, destroyAfter }) => [personId, masked, destroyAfter]).toSorted(),
    [
      [pyotr, { name: 'С. П.', phone: null, email: null }, null],
      [alla, { name: 'Ш. А.', phone: null, email: null }, null],
    ].toSorted(),
  )
  assert.deepEqual(await readingsOf(somebody, alla), Array(5).fill([403, 'shared_address']))
  const [said] = (await it.events(it.home, 'portal.entered')).filter(({ personIds }) => personIds.includes(alla))
  assert.equal(said?.details.isProved, false)
})

test('the vault itself opens nobody to a page that was entered by a shared address, whatever the site asks it', async () => {
  const { phone, alla } = await family()
  const { challengeId } = (await it.ask(phone)).body
  const token = cookieOf(await it.enter(challengeId, (await it.post(challengeId))?.code ?? '')).replace('infotech_own=', '')
  const vault = openVault({ socket: it.vaultSocket, token: it.workerToken })
  const ask = (masked: boolean) =>
    vault.reveal({ kind: 'subject', token }, it.home.tenantId, { purpose: 'rights', personIds: [alla], classes: ['contact', 'vehicle', 'communication'], masked, door: 'test' })
  assert.deepEqual(await ask(false), [{ personId: alla, state: 'not_found' }])
  assert.deepEqual(await ask(true), [{ personId: alla, state: 'open', masked: { name: 'Ш. А.', phone: null, email: null }, cars: [], facts: [] }])
  vault.close()
})

test('Alla comes in by the e-mail that is hers alone and reads and acts as herself', async () => {
  const { hers, alla, pyotr } = await family()
  const her = await it.come(hers)
  const { body } = await her.get<Shown>('/own')
  assert.deepEqual([body.isProved, body.persons.map(({ personId, masked }) => [personId, masked.name])], [true, [[alla, 'Шестакова А. Ю.']]])
  assert.deepEqual(await readingsOf(her, alla), Array(5).fill([200, undefined]))
  assert.equal((await her.post('/own/requests', { personId: pyotr, kind: 'destroy' })).status, 404)
  const { body: filed } = await her.post<{ id: string }>('/own/requests', { personId: alla, kind: 'block' })
  assert.equal(await identityOf(filed.id), 'portal')
  assert.equal(await isRestricted(alla), true)
})

test('a link in a letter to a mailbox of two opens the page of the one it names, to be read by neither', async () => {
  const { pyotr, alla } = await family()
  const link = await it.job(it.home, 'service-letter', (ctx) => portalLink(ctx, { personId: pyotr }))
  const entered = await it.visitor.post(`/sites/${it.visitor.slug}/portal/enter-by-link`, { token: link?.path.split('/').at(-1) })
  const reader = it.holder(entered)
  const { body } = await reader.get<Shown>('/own')
  assert.deepEqual([body.isProved, body.persons.map(({ personId }) => personId)], [false, [pyotr]])
  assert.deepEqual(await readingsOf(reader, pyotr), Array(5).fill([403, 'shared_address']))
  assert.equal((await reader.post(`/own/persons/${alla}/stop-marketing`)).status, 404)
})

test('by a shared phone advertising stops and a consent is withdrawn at once, without a further proof', async () => {
  const { phone, pyotr } = await family()
  await publishTexts(it, it.home)
  const given = await it.anna.post(`/persons/${pyotr}/consents`, { kind: 'request', state: 'given', how: 'staff_call' })
  assert.equal(given.status, 200, JSON.stringify(given.body))
  const somebody = await it.come(phone)
  const consents = await somebody.get<{ persons: { personId: string; now: { kind: string; state: string }[]; events: unknown[] }[] }>('/own/consents')
  const his = consents.body.persons.find(({ personId }) => personId === pyotr)
  assert.deepEqual([his?.now.find(({ kind }) => kind === 'request')?.state, his?.events], ['given', []])
  const withdrawn = await somebody.post<{ destroyAfter: string | null }>(`/own/persons/${pyotr}/consents/request/withdraw`)
  assert.deepEqual([withdrawn.status, withdrawn.body.destroyAfter], [200, null])
  assert.deepEqual((await somebody.post(`/own/persons/${pyotr}/stop-marketing`)).body, { stopped: true })
  const { rows } = await it.owner.query(`select 1 from objections where tenant_id = $1 and lifted_at is null`, [it.home.tenantId])
  assert.equal(rows.length, 3)
})

test('a demand from a shared address waits until the officer knows who asks: nothing is destroyed, corrected or restricted before', async () => {
  const { phone, alla, pyotr } = await family()
  const officer = await it.hire('privacy_officer', { dealer: it.home })
  const somebody = await it.come(phone)
  const { body: block } = await somebody.post<{ id: string }>('/own/requests', { personId: alla, kind: 'block' })
  assert.deepEqual([await identityOf(block.id), await isRestricted(alla)], ['unknown', false])
  const { body: destroy } = await somebody.post<{ id: string }>('/own/requests', { personId: pyotr, kind: 'destroy' })
  const versionOf = async (id: string): Promise<number> => (await officer.get<{ version: number }>(`/requests/${id}`)).body.version
  const early = await officer.post<{ error: string; details: { state: string } }>(`/requests/${destroy.id}/destroy`, {
    version: await versionOf(destroy.id),
    reason: 'stop_demand',
  })
  assert.deepEqual([early.status, early.body.details?.state], [409, 'identity_unknown'], JSON.stringify(early.body))
  const shown = await officer.post(`/requests/${destroy.id}/identify`, { version: await versionOf(destroy.id), how: 'document' })
  assert.equal(shown.status, 200, JSON.stringify(shown.body))
  const done = await officer.post(`/requests/${destroy.id}/destroy`, { version: await versionOf(destroy.id), reason: 'stop_demand' })
  assert.equal(done.status, 200, JSON.stringify(done.body))
})

test('the page says why nothing opens and asks for another address in the words of the entrance, the same for a known and an unknown one', async () => {
  const { phone, hers } = await family()
  const my = `/site/${it.visitor.slug}/my`
  const browser = openBrowser(it.app)
  await browser.open(my)
  const challengeId = (await browser.send('/my/code', { address: phone })).at.split('/').at(-1) ?? ''
  const overview = await browser.send(`/code/${challengeId}`, { code: (await it.post(challengeId))?.code ?? '' })
  assert.match(overview.text, /Этот адрес записан не только у вас[^]*Ш\. А\./)
  assert.doesNotMatch(overview.text, /Шестакова|Семёнов|\/my\/correct\/|\/my\/data|будут уничтожены/)
  for (const place of ['data', 'copy', 'copy.json', 'recipients', 'looks', 'requests']) assert.equal((await browser.open(`${my}/${place}`)).at, my, place)
  const answers: string[] = []
  for (const address of [hers, 'nobody-at-all@mail.example']) {
    await browser.open(my)
    const asked = await browser.send('/my/code', { address })
    answers.push(asked.text.replaceAll(asked.at.split('/').at(-1) ?? '', 'ID'))
  }
  assert.equal(answers[0], answers[1])
})

const identityOf = async (requestId: string): Promise<string> =>
  (await it.owner.query<{ identity: string }>('select identity from subject_requests where id = $1', [requestId])).rows[0]!.identity
const isRestricted = async (personId: string): Promise<boolean> =>
  (await it.owner.query<{ is: boolean }>('select restricted_at is not null "is" from persons where id = $1', [personId])).rows[0]!.is
