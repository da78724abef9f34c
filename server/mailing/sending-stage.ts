/** The jobs that send, called by hand: a mail server and a gateway that may refuse, a marketer, and people who agreed. */
import { randomUUID } from 'node:crypto'
import { fakeSmtp, headersOf, type FakeSmtp } from '../../test/fakes/smtp.ts'
import { fakeSms, type FakeSms } from '../../test/fakes/sms.ts'
import type { Ending } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import type { Act } from '../kernel/index.ts'
import { openMailer, senderOf } from '../platform/mail/mailer.ts'
import { openSms } from '../platform/sms/sms.ts'
import { consentParts, well } from './mailing-stage.ts'
import { sendMessages } from './outbound/send-messages.ts'
import type { ServiceLetters } from './outbound/services.ts'

export type SendingStage = Stage & {
  post: FakeSmtp
  gateway: FakeSms
  anna: Person
  zhanna: Person
  /** As a job `outbound`, or `outbound-sms`. */
  act: (task?: 'outbound' | 'outbound-sms') => Act
  send: (payload: Record<string, unknown>, by?: Act) => Promise<void>
  /** What the sender said of what went wrong. */
  said: { message: string; about: Record<string, unknown> }[]
  /** The headers of the letters to an address. */
  to: (email: string) => ReturnType<typeof headersOf>[]
  rowOf: (messageId: string) => Promise<{ state: string; because: string | null; attempts: number; token: Buffer | null }>
  stateOf: (mailingId: string) => Promise<string>
  client: (agrees?: boolean) => Promise<{ personId: string; email: string; phone: string }>
  /** A running mailing of these people, each with a row that waits. */
  running: (people: readonly string[], channel?: 'email' | 'sms') => Promise<{ mailingId: string; messages: string[] }>
  /** The jobs that look after a mailing or a message, and in how many seconds by the clock of the application. */
  jobs: (id: string) => Promise<{ task: string; inSeconds: number }[]>
}

const kinds = ['advertising_data', 'advertising_email', 'advertising_sms']

export async function sendingStage(t: Ending, letters: ServiceLetters): Promise<SendingStage> {
  const [post, gateway] = [await fakeSmtp(), await fakeSms()]
  t.after(() => Promise.all([post.close(), gateway.close()]))
  const it = await stage(t)
  const mailer = openMailer(post.url, senderOf('https://crm.dealer.example'))
  t.after(() => mailer.close())
  const home = await it.dealer('ООО «Звезда Моторс»')
  const [anna, zhanna, igor] = [await it.hire('operator'), await it.hire('marketer'), await it.hire('privacy_officer')]
  await it.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда')`, [home.tenantId])
  await it.owner.query(`insert into site_slugs (slug, tenant_id) values ('zvezda', $1)`, [home.tenantId])
  for (const kind of kinds) await well(igor.post('/consent-texts', { kind, parts: consentParts, validDays: 365 }))
  // Whatever waits goes by the clock of the application, so it is not the database's here.
  it.clock.forward(10 * 60_000)
  const said: SendingStage['said'] = []
  const ways = {
    mailer,
    sms: openSms(gateway.url),
    publicUrl: 'https://crm.dealer.example',
    letters,
    log: (message: string, about: Record<string, unknown>) => void said.push({ message, about }),
  }
  const act: SendingStage['act'] =
    (task = 'outbound') =>
    (run) =>
      it.job(home, task, run)
  let clients = 0
  return {
    ...it,
    post,
    gateway,
    anna,
    zhanna,
    act,
    said,
    send: (payload, by = act()) => sendMessages(ways)(by, payload, new AbortController()),
    to: (email) => post.letters.filter((letter) => letter.to === email).map(({ raw }) => headersOf(raw)),
    rowOf: async (messageId) => (await it.owner.query('select state, because, attempts, address_token token from outbound_messages where id = $1', [messageId])).rows[0],
    stateOf: async (mailingId) => (await it.owner.query('select state from mailings where id = $1', [mailingId])).rows[0].state,
    client: async (agrees = false) => {
      const [email, phone] = [`client.${randomUUID().slice(0, 8)}@example.com`, `+7999${String(1_000_000 + clients++)}`]
      const contact = { fullName: 'Соколова Вера', emails: [email], phones: [phone] }
      const { id } = await well<{ id: string }>(anna.post('/persons', { contact, ground: { activityCode: 'lead', basis: 'contract' } }))
      for (const kind of agrees ? kinds : []) await well(anna.post(`/persons/${id}/consents`, { kind, state: 'given', how: 'staff_call' }))
      return { personId: id, email, phone }
    },
    running: async (people, channel = 'email') => {
      const subject = channel === 'email' ? 'Весна, {name}' : ''
      const draft = { code: `t${randomUUID().slice(0, 8)}`, kind: 'advertising', channel, name: 'Весна', subject, body: 'Приглашаем, {name}. {company}' }
      const { id: templateId } = await well<{ id: string }>(zhanna.post('/mail-templates', draft))
      const { id: mailingId } = await well<{ id: string }>(zhanna.post('/mailings', { name: 'Весна', templateId }))
      await it.owner.query(`update mailings set state = 'running', is_gathered = true where id = $1`, [mailingId])
      const messages = people.map(() => randomUUID()).toSorted()
      for (const [at, personId] of people.entries())
        await it.owner.query(
          `insert into outbound_messages (tenant_id, id, mailing_id, template_id, person_id, channel, kind, purpose, state, because, queued_at) values ($1, $2, $3, $4, $5, $6, 'advertising', 'marketing', 'queued', 'consents', $7)`,
          [home.tenantId, messages[at], mailingId, templateId, personId, channel, it.clock.now],
        )
      return { mailingId, messages }
    },
    jobs: async (id) => {
      const { rows } = await it.owner.query<{ task: string; runAt: Date }>(
        `select t.identifier task, j.run_at "runAt" from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where $1 in (j.payload ->> 'mailingId', j.payload ->> 'messageId')`,
        [id],
      )
      return rows.map(({ task, runAt }) => ({ task, inSeconds: Math.max(0, Math.round((runAt.getTime() - it.clock.now.getTime()) / 1000)) }))
    },
  }
}
