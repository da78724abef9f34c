import { createTransport } from 'nodemailer'
import { RefusedForGood } from './delivery.ts'

const MAX_SUBJECT = 200
const CONNECTIONS = 2
const ANSWER_MS = 20_000

export type Letter = {
  /** One address, nothing else. */
  to: string
  subject: string
  text: string
  /** The same for every try at one letter: receivers drop what they have already. */
  reference: string
  /** Who writes, shown beside our address; left out: the product. */
  sender?: string
  /** Where one says no to letters like this by one click (RFC 2369, RFC 8058): of advertising only. */
  unsubscribe?: string
}
export type Mailer = { send: (letter: Letter) => Promise<void>; close: () => void }

/** What a person's address or a subject may not carry: a line break would begin a header of its own (CWE-93). */
export class UnsafeLetter extends Error {
  override readonly name = 'UnsafeLetter'
  constructor() {
    super('a letter would carry more than its text')
  }
}

const oneAddress = /^[^\s@<>(),;:"\\[\]\u0000-\u001f\u007f]{1,64}@[\p{L}\p{N}.-]{1,253}$/u
const hasControl = (text: string): boolean => /[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(text)
/** A link of ours and nothing that could end its brackets or begin another header. */
const oneLink = /^https?:\/\/[A-Za-z0-9.:-]{1,253}\/[A-Za-z0-9/_.~-]{1,600}$/
const MAX_SENDER = 120

/**
 * Sends plain letters through SMTP_URL. The sender's address is ours and fixed; nothing of a letter reaches a header but its subject, one address,
 * the sender's name and one link. Throws UnsafeLetter before anything is sent, RefusedForGood when the mail server will not take this letter
 * whenever it comes; every other failure may be tried again.
 */
export function openMailer(smtpUrl: string, from: string): Mailer {
  const url = new URL(smtpUrl)
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port) || (url.protocol === 'smtps:' ? 465 : 587),
    secure: url.protocol === 'smtps:',
    pool: true,
    maxConnections: CONNECTIONS,
    ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
    connectionTimeout: ANSWER_MS,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(letter) {
      refuseUnsafe(letter)
      const { to, subject, text, reference, sender, unsubscribe } = letter
      const address = from.replace(/^.*<|>$/g, '')
      const domain = address.slice(address.lastIndexOf('@') + 1)
      await transport
        .sendMail({
          from: sender === undefined ? from : { name: sender, address },
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${reference}@${domain}>`,
          headers: { 'Auto-Submitted': 'auto-generated', ...(unsubscribe === undefined ? {} : oneClick(unsubscribe)) },
        })
        .catch(asDelivery)
    },
    close: () => transport.close(),
  }
}

function refuseUnsafe({ to, subject, reference, sender = '', unsubscribe }: Letter): void {
  const isPlain = oneAddress.test(to) && !hasControl(subject) && subject.length <= MAX_SUBJECT && /^[\w.-]{1,100}$/.test(reference)
  if (!isPlain || hasControl(sender) || sender.length > MAX_SENDER || (unsubscribe !== undefined && !oneLink.test(unsubscribe))) throw new UnsafeLetter()
}

const oneClick = (link: string): Record<string, string> => ({ 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })

/** A recipient or a letter that is refused with 5xx stays refused (RFC 5321 §4.2.1); a server that refuses us may think better of it. */
function asDelivery(error: unknown): never {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  if ((code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500) throw new RefusedForGood()
  throw error
}

/** The sender of our letters: the name people know, at the host by which they reach us. */
export const senderOf = (publicUrl: string): string => `Infotech <no-reply@${new URL(publicUrl).hostname}>`
