import type { MessageChannel, Placeholder } from './template.ts'

export type MessageWords = Record<Placeholder, string>
/** What an advertising message rests on, told at its end to whoever gets it. */
export type Basis = { company: string; address: string; consentedOn: string; textVersion: number; textUrl: string; unsubscribeUrl: string }

/** Everything that ends a line somewhere: put into a subject it would begin a header of its own. */
const breaks = /[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g

/** A template with its places filled. Values come in as one line of plain text, whatever somebody is called. */
export const fill = (text: string, words: MessageWords): string =>
  text.replace(/\{(name|company|address)\}/g, (_, name: Placeholder) => words[name].replace(breaks, ' ').trim().slice(0, 200))

/** The text of a message as it leaves; the same in the preview of the editor. `basis` is null for service messages, which have no such end. */
export function renderMessage({ channel, body, words, basis }: { channel: MessageChannel; body: string; words: MessageWords; basis: Basis | null }): string {
  const text = fill(body, words)
  if (!basis) return text
  return channel === 'sms' ? `${text}\n${shortEnd(basis)}` : `${text}\n\n-- \n${longEnd(basis)}\n`
}

/** RFC 8058 is for programs; these lines are for people (38-ФЗ art. 18 ч.1, 152-ФЗ art. 15). */
const longEnd = (basis: Basis): string =>
  [
    `Это реклама. Вы получили её, потому что ${basis.consentedOn} согласились получать рекламу от ${basis.company} по электронной почте.`,
    `Текст согласия, редакция ${basis.textVersion}: ${basis.textUrl}`,
    `Отказаться одним нажатием, без входа и пароля: ${basis.unsubscribeUrl}`,
    `Отправитель: ${basis.company}, ${basis.address}.`,
  ].join('\n')

const shortEnd = (basis: Basis): string => `Реклама. ${basis.company}. По согласию от ${basis.consentedOn}. Отказ: ${basis.unsubscribeUrl}`
