import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { eventually } from '../../test/eventually.ts'
import type { Person, Reply } from '../../test/stage.ts'
import { workerStage, type WorkerStage } from '../../test/worker-stage.ts'
import { demoMailboxFolder, listDemoLetters, readDemoLetter, type DemoLetterText } from '../platform/mail/demo-mailbox.ts'
import type { Ending } from '../../test/ends.ts'

export const slug = 'zvezda'
export const consentParts = {
  operator: { name: 'ООО «Звезда Моторс»', address: '115088, г. Москва, ул. Угрешская, д. 2' },
  purpose: 'Сообщения о новых автомобилях и условиях покупки.',
  data: ['фамилия и имя', 'телефон', 'адрес электронной почты'],
  processors: [],
  operations: ['сбор', 'хранение', 'использование', 'уничтожение'],
  methods: 'Автоматизированная обработка.',
  term: 'Один год с даты согласия или до отзыва.',
  withdrawal: 'Письмом оператору или по ссылке в письме.',
}
type Draft = { code?: string; kind?: 'service' | 'advertising'; channel?: 'email' | 'sms'; name?: string; subject?: string; body?: string }
export type MailingStage = WorkerStage & {
  zhanna: Person
  anna: Person
  igor: Person
  /** A client with these addresses; `agrees` to advertising on these channels. */
  client: (of: { name?: string; email?: string; phone?: string; agrees?: readonly ('email' | 'sms' | 'call')[] }) => Promise<string>
  template: (draft?: Draft) => Promise<Reply<{ id: string; version: number; error?: string; fields?: { at: string; why: string }[] }>>
  /** A mailing of a fresh template, prepared. */
  prepared: (more?: Record<string, unknown>) => Promise<string>
  start: (mailingId: string) => Promise<void>
  state: (mailingId: string) => Promise<{ state: string; version: number; counts: Record<string, number> }>
  done: (mailingId: string) => Promise<void>
  lettersTo: (address: string) => Promise<DemoLetterText[]>
  /** As it went over the wire. */
  rawTo: (address: string) => Promise<string>
}

/** Zhanna the marketer, Anna at the phone, Igor who answers for personal data, a site of the company, a worker and a real mail server. */
export async function mailingStage(t: Ending): Promise<MailingStage> {
  const cast = await workerStage(t)
  const home = await cast.dealer('ООО «Звезда Моторс»')
  const [zhanna, anna, igor] = [await cast.hire('marketer'), await cast.hire('operator'), await cast.hire('privacy_officer')]
  await cast.owner.query(`insert into sites (tenant_id, name) values ($1, 'Звезда')`, [home.tenantId])
  await cast.owner.query(`insert into site_slugs (slug, tenant_id) values ($1, $2)`, [slug, home.tenantId])
  for (const kind of ['advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call'])
    await well(igor.post('/consent-texts', { kind, parts: consentParts, validDays: 365 }))
  const folder = demoMailboxFolder(cast.folder)
  const template: MailingStage['template'] = (draft = {}) =>
    zhanna.post('/mail-templates', {
      code: `spring_${randomUUID().slice(0, 6).replaceAll('-', '')}`,
      kind: 'advertising',
      channel: 'email',
      name: 'Весна',
      subject: draft.channel === 'sms' ? '' : 'Новые автомобили, {name}',
      body: 'Здравствуйте, {name}! Приглашаем посмотреть новые автомобили. {company}, {address}',
      ...draft,
    })
  const state: MailingStage['state'] = async (mailingId) => {
    const { body } = await zhanna.get<{ mailing: { state: string; version: number }; counts: { state: string; because: string | null; messages: number }[] }>(
      `/mailings/${mailingId}`,
    )
    const counts = Object.fromEntries([...Map.groupBy(body.counts, (each) => each.state)].map(([name, rows]) => [name, rows.reduce((sum, { messages }) => sum + messages, 0)]))
    return { ...body.mailing, counts }
  }
  const lettersTo: MailingStage['lettersTo'] = async (address) => {
    const found = (await listDemoLetters(folder)).filter(({ to }) => to.includes(address))
    return (await Promise.all(found.map(({ id }) => readDemoLetter(folder, id)))).flatMap((letter) => letter ?? [])
  }
  return {
    ...cast,
    zhanna,
    anna,
    igor,
    client: async ({ name = 'Соколова Вера', email, phone, agrees = [] }) => {
      const contact = { fullName: name, phones: phone ? [phone] : [], emails: email ? [email] : [] }
      const { id } = await well<{ id: string }>(anna.post('/persons', { contact, ground: { activityCode: 'lead', basis: 'contract' } }))
      const kinds = agrees.length > 0 ? ['advertising_data', ...agrees.map((channel) => `advertising_${channel}`)] : []
      for (const kind of kinds) await well(anna.post(`/persons/${id}/consents`, { kind, state: 'given', how: 'staff_call' }))
      return id
    },
    template,
    prepared: async (more = {}) => {
      const { id: templateId } = await well<{ id: string }>(template())
      return (await well<{ id: string }>(zhanna.post('/mailings', { name: 'Весна', templateId, ...more }))).id
    },
    start: async (mailingId) => {
      const { version } = await state(mailingId)
      await well(zhanna.post(`/mailings/${mailingId}/start`, { version }))
    },
    state,
    done: async (mailingId) => void (await eventually(async () => (await state(mailingId)).state === 'done', `the end of ${mailingId}`)),
    lettersTo,
    rawTo: async (address) => {
      for (const name of await readdir(folder)) {
        const raw = await readFile(join(folder, name), 'latin1')
        if (new RegExp(`^To: ${address.replaceAll('.', '\\.')}`, 'm').test(raw)) return raw
      }
      return ''
    },
  }
}

export async function well<T>(reply: Promise<Reply<T>>): Promise<T> {
  const { status, body } = await reply
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return body
}
