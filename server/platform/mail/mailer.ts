import { createTransport } from 'nodemailer'

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
const hasControl = (text: string): boolean => /[\u0000-\u001f\u007f\u2028\u2029]/.test(text)

/**
 * Sends plain letters through SMTP_URL. The sender is ours and fixed; nothing of a letter reaches a header but its subject and one address.
 * Throws UnsafeLetter before anything is sent; every other failure may be tried again.
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
    async send({ to, subject, text, reference }) {
      if (!oneAddress.test(to) || hasControl(subject) || subject.length > MAX_SUBJECT || !/^[\w.-]{1,100}$/.test(reference)) throw new UnsafeLetter()
      const domain = from.slice(from.lastIndexOf('@') + 1).replace(/>$/, '')
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, messageId: `<${reference}@${domain}>`, headers: { 'Auto-Submitted': 'auto-generated' } })
    },
    close: () => transport.close(),
  }
}

/** The sender of our letters: the name people know, at the host by which they reach us. */
export const senderOf = (publicUrl: string): string => `Infotech <no-reply@${new URL(publicUrl).hostname}>`
