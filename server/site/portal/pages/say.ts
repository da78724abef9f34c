import { auditEvents, type AuditEvent } from '../../../../contract/audit-events.ts'
import { purposes, type Purpose } from '../../../../contract/purposes.ts'
import { consent as consentEn } from '../../../../i18n/en/consent.ts'
import { people as peopleEn } from '../../../../i18n/en/people.ts'
import { consent as consentRu } from '../../../../i18n/ru/consent.ts'
import { people as peopleRu } from '../../../../i18n/ru/people.ts'
import { dateFormat } from '../../../platform/calendar/date-format.ts'
import type { Language } from '../../pages/layout.ts'
import { dateText } from '../../pages/say.ts'

/** Words that the desk uses too. */
export const deskWords = { ru: { consent: consentRu, people: peopleRu }, en: { consent: consentEn, people: peopleEn } } as const

export const day = (language: Language, at: string): string => dateText(language, new Date(at))
/** With minutes, on Moscow's wall. */
export const moment = (language: Language, at: string): string =>
  dateFormat(language === 'ru' ? 'ru-RU' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Europe/Moscow' }).format(new Date(at))

export const purposeText = (language: Language, purpose: Purpose): string => purposes[purpose][language]
export const eventText = (language: Language, event: AuditEvent): string => auditEvents[event][language]

/** As it is written in Russia; a number of another country as it is. */
export const phoneText = (e164: string): string => e164.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4')

/** The word of a code, or the code itself when it has none. */
export const wordOf = (words: Readonly<Record<string, string>>, code: string | null): string => (code === null ? '' : Object.hasOwn(words, code) ? (words[code] ?? code) : code)
