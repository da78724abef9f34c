/** Nobody comes to a stranger's page by having written the stranger's phone beside an e-mail of their own. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { portalLink } from './index.ts'
import { portalStage, type PortalStage } from './portal-stage.ts'
import { openEnds } from '../../../test/ends.ts'

let it: PortalStage
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
})
after(ends.close)

type Made = { leadId: string; personId: string }
let used = 0
/** A request by a door where nobody proves who they are; the person it speaks of. */
async function request(contact: { phones?: string[]; emails?: string[] }): Promise<string> {
  const site = await it.machine(it.home)
  const { status, body } = await site.post<Made>('/intake/leads', { sourceCode: 'site', externalRef: `v-${used++}`, contact: { fullName: 'Ольхова Нина', ...contact } })
  assert.equal(status, 200, JSON.stringify(body))
  const { rows } = await it.owner.query<{ personId: string }>('select person_id "personId" from leads where id = $1', [body.leadId])
  return rows[0]!.personId
}
const pair = () => ({ phone: `+7 978 000-10-${10 + used++}`, email: `nina${used++}@mail.example` })
/** Whether a code for this address goes out at all. */
const isLetIn = async (address: string): Promise<boolean> => (await it.post((await it.ask(address)).body.challengeId)) !== null
const enterByLink = async (personId: string): Promise<boolean> => {
  const link = await it.job(it.home, 'service-letter', (ctx) => portalLink(ctx, { personId }))
  const token = link?.path.split('/').at(-1) ?? ''
  return (await it.visitor.post<{ entered: boolean }>(`/sites/${it.visitor.slug}/portal/enter-by-link`, { token })).body.entered
}

test('whoever wrote both addresses of a request sees it by either, as long as nothing else stands there', async () => {
  const { phone, email } = pair()
  const personId = await request({ phones: [phone], emails: [email] })
  assert.deepEqual([await isLetIn(phone), await isLetIn(email), await enterByLink(personId)], [true, true, true])
})

test('when the owner of the phone comes by it alone, the e-mail that somebody had written beside it opens nothing any more', async () => {
  const { phone, email } = pair()
  const personId = await request({ phones: [phone], emails: [email] })
  assert.equal(await request({ phones: [phone] }), personId)
  assert.deepEqual([await isLetIn(phone), await isLetIn(email), await enterByLink(personId)], [true, false, false])
})

test('when the owner of the e-mail comes by it alone, the phone opens nothing; when both have come, neither does until a colleague has asked', async () => {
  const { phone, email } = pair()
  const personId = await request({ phones: [phone], emails: [email] })
  await request({ emails: [email] })
  assert.deepEqual([await isLetIn(phone), await isLetIn(email)], [false, true])
  await request({ phones: [phone] })
  assert.deepEqual([await isLetIn(phone), await isLetIn(email)], [false, false])
  const { body } = await it.anna.post<{ version: number }>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  const edited = await it.anna.patch(`/persons/${personId}`, { version: body.version, contact: { fullName: 'Ольхова Нина', phones: [phone], emails: [email] } })
  assert.equal(edited.status, 200, JSON.stringify(edited.body))
  assert.deepEqual([await isLetIn(phone), await isLetIn(email)], [true, true])
})

test('what a colleague adds after talking on the phone is not shown to the e-mail beside it', async () => {
  const { phone, email } = pair()
  const personId = await request({ phones: [phone], emails: [email] })
  await it.anna.post('/interactions', { personId, kind: 'call_out', result: 'talked', text: 'Рассказала о семье и работе.' })
  assert.deepEqual([await isLetIn(phone), await isLetIn(email), await enterByLink(personId)], [true, false, false])
})

test('one who names both addresses again is the same sender, and a request of one address alone is nobody else’s', async () => {
  const { phone, email } = pair()
  const personId = await request({ phones: [phone], emails: [email] })
  assert.equal(await request({ phones: [phone], emails: [email] }), personId)
  assert.deepEqual([await isLetIn(phone), await isLetIn(email)], [true, true])
  const alone = pair()
  await request({ emails: [alone.email] })
  await request({ emails: [alone.email] })
  assert.equal(await isLetIn(alone.email), true)
})
