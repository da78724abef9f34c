import { simpleParser } from 'mailparser'
import type { IntakeDraft } from '../../../../contract/crm/intake.ts'
import { interests } from '../../../../contract/crm/lead.ts'
import { normaliseEmail, normalisePhone } from '../../../vault/index.ts'
import { parseAdf } from '../adf/parse-adf.ts'
import { cleanText } from '../doors/clean-text.ts'
import { intakeFromAdf } from '../doors/intake-from-adf.ts'
import { parserOptions } from '../doors/receive-mail.ts'

/** The end of some id and a date behind it look like a phone to whoever counts digits only. */
const isoDate = /\d{4}-\d{2}-\d{2}/

const SHOWN_CHARS = 64 * 1024
const SEARCHED_CHARS = 20_000
const MAX_FOUND = 5

export type Opened = { text: string; isCut: boolean; draft: IntakeDraft }
const empty: IntakeDraft = { interest: 'callback', fullName: '', phones: [], emails: [], model: '', comment: '' }

/** An original as a person reads it, and a form filled with what can be made out. Nothing is guessed that is not written there. */
export async function draftOf(format: 'adf' | 'json' | 'row' | 'mail', bytes: Buffer, key: Uint8Array): Promise<Opened> {
  const opened = format === 'mail' ? await ofMail(bytes) : format === 'json' || format === 'row' ? ofJson(bytes) : ofAdf(bytes, key)
  return { ...opened, isCut: opened.text.length > SHOWN_CHARS, text: opened.text.slice(0, SHOWN_CHARS) }
}

type Read = Omit<Opened, 'isCut'>

async function ofMail(bytes: Buffer): Promise<Read> {
  try {
    const mail = await simpleParser(bytes, parserOptions)
    const words = mail.text ?? wordsOf(mail.html || '')
    // A document of another system: whoever sent it is no client, and one address for all of them would make them one person.
    const sender = /<\s*(?:\?adf|adf|prospect)\b/i.test(words) ? undefined : mail.from?.value[0]
    const text = [`From: ${mail.from?.text ?? ''}`, `Subject: ${mail.subject ?? ''}`, '', words].join('\n')
    const found = findIn(words)
    const comment = cleanText([mail.subject, words].filter(Boolean).join('\n'), 4_000)
    return {
      text,
      draft: { ...empty, ...found, emails: unique([...found.emails, ...(sender?.address ? [sender.address] : [])]), fullName: cleanText(sender?.name ?? '', 300), comment },
    }
  } catch {
    const text = bytes.toString('utf8')
    return { text, draft: { ...empty, ...findIn(text), comment: cleanText(text, 4_000) } }
  }
}

function ofJson(bytes: Buffer): Read {
  const raw = bytes.toString('utf8')
  try {
    const body = JSON.parse(raw) as Record<string, unknown>
    const contact = isRecord(body.contact) ? body.contact : body
    const found = findIn(raw)
    const name = [contact.surname, contact.given, contact.patronymic].filter(isText).join(' ')
    const phones = texts(contact.phones, contact.phone)
    return {
      text: JSON.stringify(body, null, 2),
      draft: {
        interest: interests.find((each) => each === body.interest) ?? 'callback',
        fullName: cleanText(isText(contact.fullName) ? contact.fullName : isText(contact.name) ? contact.name : name, 300),
        phones: phones.length > 0 ? phones : found.phones,
        emails: unique([...texts(contact.emails, contact.email), ...found.emails]),
        model: isText(body.model) ? cleanText(body.model, 100) : '',
        comment: isText(body.comment) ? cleanText(body.comment, 4_000) : '',
      },
    }
  } catch {
    return { text: raw, draft: { ...empty, ...findIn(raw), comment: cleanText(raw, 4_000) } }
  }
}

function ofAdf(bytes: Buffer, key: Uint8Array): Read {
  const text = bytes.toString('utf8')
  const read = parseAdf(bytes, { timeZone: 'UTC', referenceKey: key })
  const [prospect] = 'problem' in read ? [] : read.prospects
  if (!prospect) return { text, draft: { ...empty, ...findIn(wordsOf(text)), comment: '' } }
  const { intake } = intakeFromAdf(prospect, key)
  const { surname, given, patronymic } = intake.contact
  const typed = prospect.customer.contact.phones.map((phone) => cleanText(phone.typed, 40))
  return {
    text,
    draft: {
      interest: intake.interest,
      fullName: [surname, given, patronymic].filter(Boolean).join(' '),
      phones: intake.contact.phones.length > 0 ? intake.contact.phones : typed.slice(0, MAX_FOUND),
      emails: intake.contact.emails,
      model: intake.model ?? '',
      comment: intake.comment ?? '',
    },
  }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
const unique = (items: string[]): string[] => [...new Set(items)].slice(0, MAX_FOUND)
const texts = (list: unknown, one: unknown): string[] =>
  [...(Array.isArray(list) ? list : []), one]
    .filter(isText)
    .map((each) => cleanText(each, 254))
    .filter(Boolean)
    .slice(0, MAX_FOUND)

/** Markup out, words stay. */
const wordsOf = (markup: string): string =>
  markup
    .slice(0, SEARCHED_CHARS * 4)
    .replace(/<[^<>]{0,2000}>/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/\s*\n\s*/g, '\n')
    .trim()

/** Phones and e-mails that stand in a text, in its order. */
function findIn(text: string): { phones: string[]; emails: string[] } {
  const searched = text.slice(0, SEARCHED_CHARS)
  const phones = [...searched.matchAll(/(?<![\w-])\+?\d[\d\s()-]{8,18}\d(?!\w)/g)].map(([found]) => found.trim()).filter((found) => !isoDate.test(found) && normalisePhone(found))
  const emails = [...searched.matchAll(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}/g)].map(([found]) => found).filter((found) => normaliseEmail(found))
  return { phones: unique(phones), emails: unique(emails) }
}
