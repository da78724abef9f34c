import { fill, renderMessage, type Basis, type MessageWords } from '../../../contract/mailing/render-message.ts'
import type { Considered } from '../../consent/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { Revealed, type Contact } from '../../vault/index.ts'
import { sealUnsubscribe } from '../unsubscribe/token.ts'
import type { Message } from './message-row.ts'
import type { ServiceLetters } from './services.ts'

/** A message as its way out gets it. `unsubscribe` is null for service messages. */
export type Ready = { to: Revealed<string>; subject: Revealed<string>; text: Revealed<string>; sender: string; unsubscribe: string | null }
type From = { publicUrl: string; letters: ServiceLetters }

type Sender = { name: string; address: string; slug: string | null }
const sender = statement<Sender>(
  'outbound_sender',
  `
  select t.name, t.address, s.slug from tenants t left join site_slugs s on s.tenant_id = t.tenant_id where t.tenant_id = $1`,
)
type TemplateText = { subject: string; body: string }
const template = statement<TemplateText>('outbound_template', `select subject, body from mail_templates where tenant_id = $1 and id = $2`)
const consent = statement<{ at: Date; version: number; textId: string }>(
  'outbound_consent',
  `
  select e.at, t.version, t.id "textId" from consent_events e join consent_texts t on t.tenant_id = $1 and t.id = e.text_id where e.tenant_id = $1 and e.id = $2`,
)

const UNNAMED = 'уважаемый клиент'

/** Writes the message for this person, now. Null: a letter that has nothing to say any more, or whose proof is gone. */
export async function composeMessage(ctx: Ctx, message: Message, person: { contact: Revealed<Contact>; at: number; verdict: Considered }, from: From): Promise<Ready | null> {
  const [company] = await ctx.run(sender)
  const personId = message.personId ?? ''
  if (!company) return null
  // The name goes into the text and the address to the mail server: the two places for which they were opened.
  const { given, emails, phones } = Revealed.open(person.contact)
  const to = message.channel === 'email' ? emails[person.at]?.address : phones[person.at]?.e164
  if (to === undefined) return null
  const words: MessageWords = { name: given ?? UNNAMED, company: company.name, address: company.address }
  const written =
    message.letter === null
      ? await fromTemplate(ctx, message, { words, company, addressToken: tokenAt(person, message.channel), verdict: person.verdict, publicUrl: from.publicUrl })
      : await from.letters[message.letter]?.compose(ctx, { personId, payload: message.payload, publicUrl: from.publicUrl, words })
  if (!written) return null
  const { subject, text, unsubscribe = null }: Written = written
  return {
    to: new Revealed(to),
    subject: new Revealed(subject),
    text: new Revealed(text),
    sender: company.name,
    unsubscribe,
  }
}

const tokenAt = ({ verdict, at }: { verdict: Considered; at: number }, channel: Message['channel']): Buffer =>
  Buffer.from((channel === 'email' ? verdict.tokens.emails : verdict.tokens.phones)[at] ?? '', 'base64')

type Written = { subject: string; text: string; unsubscribe?: string | null }
type About = { words: MessageWords; company: Sender; addressToken: Buffer; verdict: Considered; publicUrl: string }

async function fromTemplate(ctx: Ctx, message: Message, about: About): Promise<Written | null> {
  const [text] = await ctx.run(template, [message.templateId])
  if (!text) return null
  const basis = message.kind === 'advertising' ? await basisOf(ctx, message, about) : null
  // Advertising without the consent it rests on, or without a way to say no, does not leave.
  if (message.kind === 'advertising' && basis === null) return null
  return {
    subject: fill(text.subject, about.words).slice(0, 200),
    text: renderMessage({ channel: message.channel, body: text.body, words: about.words, basis }),
    unsubscribe: basis?.unsubscribeUrl ?? null,
  }
}

async function basisOf(ctx: Ctx, { id, personId, channel }: Message, { company, verdict, addressToken, publicUrl }: About): Promise<Basis | null> {
  const [given] = verdict.consentEventId ? await ctx.run(consent, [verdict.consentEventId]) : []
  if (!given || company.slug === null || personId === null) return null
  const token = await sealUnsubscribe(ctx, { tenantId: ctx.tenantId, channel, addressToken, messageId: id, personId })
  const site = `${publicUrl}/site/${company.slug}`
  return {
    company: company.name,
    address: company.address,
    consentedOn: dayOf(given.at),
    textVersion: given.version,
    textUrl: `${site}/consents/${given.textId}`,
    unsubscribeUrl: `${site}/unsubscribe/${token}`,
  }
}

export const dayOf = (at: Date): string => new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'Europe/Moscow' }).format(at)
