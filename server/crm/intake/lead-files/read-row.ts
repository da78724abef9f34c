import type { LeadFileField } from '../../../../contract/crm/lead-file.ts'
import { interests } from '../../../../contract/crm/lead.ts'
import {
  carFacts,
  normaliseEmail,
  normaliseName,
  normalisePhone,
  normalisePlate,
  normaliseVin,
  splitFullName,
  typedNameOf,
  type Contact,
  type Facts,
} from '../../../vault/index.ts'
import { cleanText } from '../doors/clean-text.ts'
import type { TableRow } from '../table/types.ts'

export type Interest = (typeof interests)[number]
/** `column` counts from 1; null: the whole row. Codes only. */
export type RowProblem = { column: number | null; code: string }
export type ImportRow = {
  line: number
  contact: Contact
  /** The name as its cells say it. */
  typed: Parameters<typeof typedNameOf>[0]
  interest: Interest
  model: string | null
  year: number | null
  car: Facts['vehicle']
  comment: string
  externalRef: string | null
}
export type ReadRow = { line: number; row: ImportRow; problems: RowProblem[] }

const MAX_OF_A_KIND = 5

/** Words people use in tables for what is asked for. */
const interestWords: Record<Interest, readonly string[]> = {
  new_car: ['new_car', 'новый', 'новый автомобиль', 'новое авто', 'новая', 'покупка', 'new', 'new car', 'buy'],
  used_car: ['used_car', 'с пробегом', 'авто с пробегом', 'автомобиль с пробегом', 'б/у', 'used', 'used car'],
  test_drive: ['test_drive', 'тест-драйв', 'тест драйв', 'тестдрайв', 'test drive', 'test-drive'],
  trade_in: ['trade_in', 'trade-in', 'trade in', 'трейд-ин', 'трейд ин', 'обмен', 'выкуп', 'оценка'],
  service: ['service', 'сервис', 'то', 'ремонт', 'обслуживание'],
  credit: ['credit', 'кредит', 'лизинг', 'loan', 'finance'],
  callback: ['callback', 'звонок', 'обратный звонок', 'перезвонить', 'call back'],
  question: ['question', 'вопрос', 'консультация'],
}
const interestOf = new Map(interests.flatMap((interest) => interestWords[interest].map((word): [string, Interest] => [word, interest])))

/**
 * A row of a table as a lead, with everything that is wrong with it. `mapping` says what each column means, by its place; `otherwise` is the
 * interest of rows that say none. Nothing of a cell's content is in a problem.
 */
export function readRow({ line, cells, problems: read }: TableRow, mapping: readonly LeadFileField[], otherwise: Interest): ReadRow {
  const values = Object.values(cells)
  const problems: RowProblem[] = [...read]
  const row: ImportRow = { line, contact: { phones: [], emails: [] }, typed: {}, interest: otherwise, model: null, year: null, car: {}, comment: '', externalRef: null }
  for (const [index, field] of mapping.entries()) {
    const value = values[index]?.trim() ?? ''
    const wrong = value === '' || field === 'skip' ? null : readers[field](row, value)
    if (wrong) problems.push({ column: index + 1, code: wrong })
  }
  const typedName = typedNameOf(row.typed, row.contact)
  if (typedName) row.contact.typedName = typedName
  if (row.contact.phones.length === 0 && row.contact.emails.length === 0 && !problems.some(({ code }) => code === 'phone_format' || code === 'email_format'))
    problems.push({ column: null, code: 'phone_or_email' })
  return { line, row, problems }
}

/** Puts a cell's value into the row; returns the code of what is wrong with it, else null. */
type Reader = (row: ImportRow, value: string) => string | null

const readers: Record<Exclude<LeadFileField, 'skip'>, Reader> = {
  fullName: ({ contact, typed }, value) => {
    const name = splitFullName(value)
    typed.fullName ??= value
    if (name) Object.assign(contact, { surname: contact.surname ?? name.surname, given: contact.given ?? name.given, patronymic: contact.patronymic ?? name.patronymic })
    return name ? null : 'name_format'
  },
  surname: (row, value) => namePart(row, 'surname', value),
  given: (row, value) => namePart(row, 'given', value),
  patronymic: (row, value) => namePart(row, 'patronymic', value),
  phone: ({ contact }, value) => {
    for (const typed of severalIn(value)) {
      const phone = typed.length <= 40 ? normalisePhone(typed) : null
      if (!phone) return 'phone_format'
      if (!contact.phones.some(({ e164 }) => e164 === phone.e164)) contact.phones.push({ e164: phone.e164, typed })
    }
    return contact.phones.length > MAX_OF_A_KIND ? 'too_many' : null
  },
  email: ({ contact }, value) => {
    for (const typed of severalIn(value)) {
      const address = typed.length <= 254 ? normaliseEmail(typed) : null
      if (!address) return 'email_format'
      if (!contact.emails.some((each) => each.address === address)) contact.emails.push({ address, typed })
    }
    return contact.emails.length > MAX_OF_A_KIND ? 'too_many' : null
  },
  model: (row, value) => ((row.model = cleanText(value, 100) || null), null),
  year: (row, value) => {
    const year = Number(value)
    if (!Number.isInteger(year) || year < 1900 || year > 2100) return 'year_format'
    row.year = year
    return null
  },
  vin: (row, value) => {
    Object.assign(row.car, carFacts({ vin: value }))
    return normaliseVin(value) ? null : 'vin_format'
  },
  plate: (row, value) => {
    Object.assign(row.car, carFacts({ plate: value }))
    return normalisePlate(value) ? null : 'plate_format'
  },
  interest: (row, value) => {
    const interest = interestOf.get(value.toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' '))
    if (!interest) return 'interest_unknown'
    row.interest = interest
    return null
  },
  comment: (row, value) => ((row.comment = cleanText([row.comment, value].filter(Boolean).join('\n'), 4_000)), null),
  externalRef: (row, value) => {
    if (value.length > 200) return 'too_long'
    row.externalRef = value
    return null
  },
}

function namePart({ contact, typed }: ImportRow, at: 'surname' | 'given' | 'patronymic', value: string): string | null {
  const name = value.length <= 100 ? normaliseName(value) : null
  if (!name) return 'name_format'
  contact[at] = name
  typed[at] = value
  return null
}

/** A cell often holds two phones. */
const severalIn = (value: string): string[] =>
  value
    .split(/[,;\n]|\s\/\s/)
    .map((part) => part.trim())
    .filter(Boolean)
