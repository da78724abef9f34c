import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { createTransport, type SentMessageInfo } from 'nodemailer'
import { openEnds } from '../test/ends.ts'
import { eventually } from '../test/eventually.ts'
import { fakeImap, type FakeImap } from '../test/fakes/imap.ts'
import type { Person } from '../test/stage.ts'
import { workerStage, type WorkerStage } from '../test/worker-stage.ts'
import { freePort } from './platform/embedded/free-port.ts'
import { openVault } from './vault/index.ts'

type Row = { id: string; status: string; problem: string | null; format: string; leadId: string | null }
const ends = openEnds()
let cast: WorkerStage
let imap: FakeImap
let anna: Person
let secret: string
const known = `desk-${randomUUID().slice(0, 12)}`

before(async () => {
  imap = await fakeImap()
  ends.after(() => imap.close())
  cast = await workerStage(ends, {
    smtpListenPort: await freePort('127.0.0.1'),
    imapUrl: `imap://leads:a-mailbox-password@127.0.0.1:${imap.port}/INBOX`,
    imapEveryMs: 100,
  })
  anna = await cast.hire('operator')
  const { rows } = await cast.owner.query<{ mail_token: string }>('select mail_token from lead_sources where tenant_id = $1 and mail_token is not null', [anna.dealer.tenantId])
  secret = rows[0]?.mail_token ?? ''
})
after(ends.close)

const adf = (
  id: string,
  phone = '+7 999 222-33-44',
): string => `<?xml version="1.0"?><?ADF VERSION="1.0"?><adf><prospect><id source="mail">${id}</id><requestdate>2027-03-01T10:00:00+03:00</requestdate>
<vehicle interest="test-drive" status="new"><year>2027</year><make>Звезда</make><model>Комета</model></vehicle><customer><contact><name part="full">Почтовый Иван</name><phone>${phone}</phone></contact></customer></prospect></adf>`
const send = (to: string, text: string, more: Record<string, unknown> = {}): Promise<SentMessageInfo> => {
  const transport = createTransport({ host: '127.0.0.1', port: cast.worker.smtpPort ?? 0, secure: false, ignoreTLS: true })
  return transport.sendMail({ from: 'site@aggregator.example', to, subject: 'Заявка с сайта', text, ...more }).finally(() => transport.close())
}
const messages = async (view = 'all'): Promise<Row[]> => (await anna.get<{ rows: Row[] }>(`/intake/messages?view=${view}&limit=100`)).body.rows
const leadsOf = async (): Promise<number> => (await anna.get<{ rows: unknown[] }>('/leads?limit=100')).body.rows.length

test('ADF in a letter to the secret address is a lead before the sender is told that it was taken', async () => {
  const before = await leadsOf()
  await send(`${secret}@leads.example`, adf(randomUUID()))
  assert.equal(await leadsOf(), before + 1)
  assert.equal((await messages()).filter(({ format, status }) => format === 'mail' && status === 'accepted').length, 1)
})

test('every document in a letter is a lead, and one that is no ADF after all waits in the tray beside it', async () => {
  const before = await leadsOf()
  const unread = (await messages('unparsed')).length
  const attach = (content: string, at: number) => ({ filename: `lead-${at}.xml`, content })
  const mails = [adf(randomUUID(), '+7 999 222-33-51'), adf(randomUUID(), '+7 999 222-33-52'), adf(randomUUID(), '+7 999 222-33-53').replace('</customer>', '')]
  const letter = { messageId: `<${randomUUID()}@aggregator.example>`, baseBoundary: 'three', attachments: mails.map(attach) }
  await send(`${secret}@leads.example`, 'Три заявки во вложениях', letter)
  assert.deepEqual([await leadsOf(), (await messages('unparsed')).length], [before + 2, unread + 1])
  await send(`${secret}@leads.example`, 'Три заявки во вложениях', letter)
  assert.deepEqual([await leadsOf(), (await messages('unparsed')).length], [before + 2, unread + 1])
})

test('a letter in plain words waits in the tray, with its sender, and opens as it was written', async () => {
  await send(`${secret}@leads.example`, 'Здравствуйте! Позвоните мне: 8 (999) 333-44-55, хочу на тест-драйв', { from: 'Пётр Иванов <petr@mail.example>' })
  const [row] = await messages('unparsed')
  assert.deepEqual([row?.problem, row?.format], ['no_adf', 'mail'])
  const opened = await anna.post<{ text: string; draft: { fullName: string; phones: string[]; emails: string[] } }>(`/intake/messages/${row?.id}/open`)
  assert.match(opened.body.text, /Subject: Заявка с сайта[^]*хочу на тест-драйв/)
  assert.deepEqual([opened.body.draft.fullName, opened.body.draft.phones, opened.body.draft.emails], ['Пётр Иванов', ['8 (999) 333-44-55'], ['petr@mail.example']])
  const stored = await cast.owner.query<{ payload: Buffer }>('select payload from intake_messages where id = $1', [row?.id])
  assert.ok(!stored.rows[0]?.payload.includes('333-44-55'))
})

test('the same letter delivered twice is kept once', async () => {
  const messageId = `<${randomUUID()}@aggregator.example>`
  const before = await messages()
  const text = `один раз ${randomUUID()}`
  await send(`${secret}@leads.example`, text, { messageId, date: new Date('2027-03-01') })
  await send(`${secret}@leads.example`, text, { messageId, date: new Date('2027-03-02') })
  assert.equal((await messages()).length, before.length + 1)
})

test('an address that nobody has is refused, and a letter that is too large as well', async () => {
  await assert.rejects(send('nobody-knows-this@leads.example', 'x'), { responseCode: 550 })
  await assert.rejects(send(`${secret}@leads.example`, 'x', { attachments: [{ filename: 'a.bin', content: Buffer.alloc(9 * 1024 * 1024) }] }), { responseCode: 552 })
})

test('while the data cannot be kept the sender is told to come again, and then it is taken', async () => {
  const before = await leadsOf()
  const text = adf(randomUUID())
  await cast.owner.query('revoke insert on intake_messages from infotech_app')
  await assert.rejects(send(`${secret}@leads.example`, text), { responseCode: 451 })
  await cast.owner.query('grant insert on intake_messages to infotech_app')
  assert.equal(await leadsOf(), before)
  await send(`${secret}@leads.example`, text)
  assert.equal(await leadsOf(), before + 1)
})

const letter = (to: string, text: string): string =>
  [
    'From: site@aggregator.example',
    `To: ${to}`,
    `Message-ID: <${randomUUID()}@aggregator.example>`,
    'Subject: lead',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text,
  ].join('\r\n')

test('letters in a mailbox are collected, marked as read after they are kept, and taken once though the server dies in between', async () => {
  const before = await leadsOf()
  imap.dieAtNextStore()
  const message = imap.put(letter(`Leads <leads+${secret}@dealer.example>`, adf(randomUUID())))
  await eventually(async () => message.flags.has('\\Seen'), 'the mark of a read letter')
  assert.ok(imap.logins >= 2)
  assert.equal(await leadsOf(), before + 1)
})

test('a letter of nobody’s source is flagged for the mailbox’s owner and left', async () => {
  const message = imap.put(letter('info@dealer.example', `для ${known}`))
  await eventually(async () => message.flags.has('\\Flagged'))
  assert.ok(!message.flags.has('\\Seen'))
})

test('the mail door may seal and nothing else: the vault opens nothing for it', async () => {
  const [worker, web] = [openVault({ socket: cast.vaultSocket, token: cast.workerToken }), cast.app.deps.vault]
  const door = { kind: 'job', task: 'intake-mail', jobId: '0' } as const
  const { rows } = await cast.owner.query<{ id: string; person_id: string }>(`select id, person_id from intake_messages where tenant_id = $1 and person_id is not null limit 1`, [
    anna.dealer.tenantId,
  ])
  const row = rows[0] ?? { id: '', person_id: '' }
  const refused = { code: 'forbidden' }
  try {
    await assert.rejects(worker.openRecord(door, anna.dealer.tenantId, { purpose: 'request_handling', recordId: row.id, door: 'mail' }), refused)
    await assert.rejects(
      worker.reveal(door, anna.dealer.tenantId, { purpose: 'request_handling', personIds: [row.person_id], classes: ['contact'], masked: false, door: 'mail' }),
      refused,
    )
    await assert.rejects(worker.destroy(door, anna.dealer.tenantId, [row.person_id], 'x'), refused)
    await assert.rejects(web.sealRecord(door, anna.dealer.tenantId, randomUUID(), Buffer.from('x')), refused)
    await worker.sealRecord(door, anna.dealer.tenantId, randomUUID(), Buffer.from('x'))
  } finally {
    worker.close()
  }
})
