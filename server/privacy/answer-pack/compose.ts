import { answerPack as english } from '../../../i18n/en/answer-pack.ts'
import { people as peopleEn } from '../../../i18n/en/people.ts'
import { portal as portalEn } from '../../../i18n/en/portal.ts'
import { answerPack as russian } from '../../../i18n/ru/answer-pack.ts'
import { people as peopleRu } from '../../../i18n/ru/people.ts'
import { portal as portalRu } from '../../../i18n/ru/portal.ts'
import { dateFormat } from '../../platform/calendar/date-format.ts'
import { measures } from '../policy/measures.ts'
import type { Held, Item, Language, Pack, StaffText, Table, Told, Value } from './pack.ts'
import { textsOfStaff } from './texts-of-staff.ts'

type Words = typeof russian
type Said = { language: Language; t: Words; names: typeof peopleRu; portal: typeof portalRu; zone: string }
export type Composing = { number: number; receivedOn: string; language: Language; zone: string; includeTexts: readonly string[] }

/** All items of art. 14 ч.7, in the order of the law. A pure function: what was gathered, in words of one language. */
export function composePack(held: Held, { number, receivedOn, language, zone, includeTexts }: Composing): Pack {
  const said: Said = { language, t: language === 'ru' ? russian : english, names: language === 'ru' ? peopleRu : peopleEn, portal: language === 'ru' ? portalRu : portalEn, zone }
  const staff = textsOfStaff(held).filter(({ recordId }) => includeTexts.includes(recordId))
  const { t } = said
  const bodies: Record<string, Omit<Item, 'code' | 'title'>> = {
    '1': { text: [t.confirmed(day(said, held.since))], facts: [[t.madeAt, moment(said, held.madeAt)]], tables: [] },
    '2': { text: [], tables: [groundsTable(said, held)] },
    '3': { text: [t.methods, purposesOf(said, held)], tables: [] },
    '4': whoHas(said, held),
    '5': whatIsHeld(said, held, staff),
    '6': { text: [t.terms.kept, held.destroyAfter ? t.terms.until(day(said, held.destroyAfter)) : t.terms.open], tables: [] },
    '7': { text: [t.rightsWay(held.operator.address)], list: t.rights, tables: [] },
    '8': { text: [t.noBorder], tables: [] },
    '9': held.processor ? { text: [t.processor], facts: [[held.processor.name, held.processor.address]], tables: [] } : { text: [t.noProcessor], tables: [] },
    '9.1': { text: dutiesOf(said, held), list: measures.map((measure) => measure[language]), tables: [] },
    '10': { text: held.areLooksCut ? [t.looksCut(held.looks.length)] : [], tables: [looksTable(said, held)] },
  }
  const codes = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '9.1', '10'] as const
  return {
    format: 'infotech-answer',
    version: 1,
    language,
    madeAt: held.madeAt.toISOString(),
    request: { number, receivedOn },
    items: codes.map((code) => ({ code, title: t.items[code], ...(bodies[code] ?? { text: [], tables: [] }) })),
  }
}

/** A table whose words are its title and the names of its columns. */
function tableOf<Columns extends Record<string, string>>({ title, ...columns }: { title: string } & Columns, rows: Record<string, string>[]): Table {
  return { title, columns, rows }
}

const day = ({ language, zone }: Said, at: Date): string => dateFormat(language, { dateStyle: 'long', timeZone: zone }).format(at)
const moment = ({ language, zone }: Said, at: Date): string => dateFormat(language, { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(at)
const nameIn = (names: Record<string, string>, code: string): string => names[code] ?? code

const purposesOf = ({ names }: Said, held: Held): string => [...new Set(held.grounds.flatMap(({ purposes }) => purposes))].map((purpose) => names.purposes[purpose]).join('; ')

/** Only what is so: who is appointed, which policy stands, and the measures that code holds (art. 14 ч.7 п.9.1). */
function dutiesOf(said: Said, { officer, policy }: Held): string[] {
  const { duties } = said.t
  return [...(officer === null ? [] : [duties.officer(officer)]), ...(policy ? [duties.policy(policy.version, day(said, policy.since))] : []), duties.measures]
}

function groundsTable(said: Said, held: Held): Table {
  const { t, names, portal } = said
  const rows = held.grounds.map(({ activity, purposes, basis, legalRef, retentionDays, retentionFrom, since, until, endedAt }) => ({
    activity,
    purposes: purposes.map((purpose) => names.purposes[purpose]).join('; '),
    basis: nameIn(names.bases, basis),
    law: legalRef,
    since: day(said, since),
    until: until ? day(said, until) : '—',
    term: portal.held.days(retentionDays, retentionFrom),
    ended: endedAt ? day(said, endedAt) : '—',
  }))
  return tableOf(t.grounds, rows)
}

function whoHas(said: Said, held: Held): Omit<Item, 'code' | 'title'> {
  const { t, names } = said
  const facts = (['name', 'address', 'inn', 'ogrn'] as const).map((key): [string, string] => [t.operator[key], held.operator[key]])
  if (held.disclosures.length === 0) return { text: [t.noRecipients], facts, tables: [] }
  const rows = held.disclosures.map(({ at, recipientName, basis, what }) => ({
    at: moment(said, at),
    name: recipientName,
    basis: nameIn(names.bases, basis),
    what: what.map((each) => names.classes[each]).join(', '),
  }))
  return { text: [], facts, tables: [tableOf(t.recipients, rows)] }
}

function whatIsHeld(said: Said, held: Held, staff: readonly StaffText[]): Omit<Item, 'code' | 'title'> {
  const { t, portal } = said
  const sources = [...new Set(held.sources.map(({ kind, name }) => portal.held.sourceKinds[kind](name ?? '')))]
  const cars = held.cars.map((car) => ({ vin: beside(t, car.vin, car.typedVin) ?? '—', plate: beside(t, car.plate, car.typedPlate) ?? '—', body: car.bodyNumber ?? '—' }))
  const documents = held.documents.map((each) => ({ checked: each.licenceCheckedOn ?? '—', validTo: each.licenceValidTo ?? '—', tail: each.licenceTail ?? '—' }))
  const notes = staff.map(({ at, text }) => ({ at: moment(said, at), text }))
  return {
    text: [sources.length > 0 ? t.sources(sources.join('; ')) : t.ownSource],
    facts: contactFacts(said, held),
    tables: [tableOf(t.cars, cars), tableOf(t.documents, documents), ...held.told.map((told) => toldTable(said, told, held.texts)), tableOf(t.staffTexts, notes)].filter(
      ({ rows }) => rows.length > 0,
    ),
  }
}

function contactFacts({ t }: Said, { contact }: Held): [string, string][] {
  if (!contact) return []
  const { surname, given, patronymic, typedName, phones, emails, birthDate, sex, address } = contact
  const facts: [string, string | undefined][] = [
    [t.contact.surname, surname],
    [t.contact.given, given],
    [t.contact.patronymic, patronymic],
    [t.contact.typedName, typedName],
    ...phones.map(({ e164, typed }): [string, string | undefined] => [t.contact.phone, beside(t, e164, typed)]),
    ...emails.map(({ address: email, typed }): [string, string | undefined] => [t.contact.email, beside(t, email, typed)]),
    [t.contact.birthDate, birthDate],
    [t.contact.sex, sex && t.sexes[sex]],
    [t.contact.address, address],
  ]
  return facts.flatMap(([name, value]) => (value ? [[name, value] as [string, string]] : []))
}

/** What is kept and, where it differs, how it was typed: both are held. */
const beside = (t: Words, kept: string | undefined, typed: string | undefined): string | undefined => (kept && typed && typed !== kept ? `${kept} (${t.typed(typed)})` : kept)

/** Rows of a module; words that staff wrote are left out here and stand apart, when the officer has chosen them. */
function toldTable(said: Said, { declared, rows }: Told, texts: Held['texts']): Table {
  const { columns = {}, words = {}, texts: by } = declared.read ?? {}
  const shown = Object.entries(columns).filter(([key]) => key !== 'text' || by === 'person')
  const cell = (row: Told['rows'][number], key: string): string =>
    key === 'text' ? wordsOf(said, texts.get(row.id)) : valueOf(said, words[key]?.[String(row[key])]?.[said.language] ?? row[key] ?? null)
  return {
    title: declared.what[said.language],
    columns: Object.fromEntries(shown.map(([key, name]) => [key, name[said.language]])),
    rows: rows.map((row) => Object.fromEntries(shown.map(([key]) => [key, cell(row, key)]))),
  }
}

const valueOf = (said: Said, value: Value): string => (value === null || value === '' ? '—' : value instanceof Date ? moment(said, value) : String(value))

/** Words as they were said. What was kept as JSON (the circumstances of a consent, corrections that the person proposes) stands here in words. */
function wordsOf({ t }: Said, text: string | undefined): string {
  if (text === undefined) return '—'
  const kept = parsed(text)
  if (kept === null) return text
  const values = Object.entries(kept).map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : ''] as const)
  const named = new Map(values)
  if (named.get('kind') === 'consent_evidence') return t.evidence(named.get('address') ?? '—', named.get('agent') ?? '—')
  return values.flatMap(([, value]) => value || []).join(', ')
}

function parsed(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return null
  }
}

function looksTable(said: Said, { looks }: Held): Table {
  const { t, names, language } = said
  const rows = looks.map(({ at, who, what, purpose }) => ({
    at: moment(said, at),
    who: typeof who === 'string' ? t[who] : who.position,
    what: what[language],
    purpose: purpose ? names.purposes[purpose] : '—',
  }))
  return tableOf(t.looks, rows)
}
