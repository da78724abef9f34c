import { dateFormat } from '../../platform/calendar/date-format.ts'
import { siteWords, type Language } from './layout.ts'

const locales = { ru: 'ru-RU', en: 'en-GB' } as const
const numbers = { ru: new Intl.NumberFormat(locales.ru), en: new Intl.NumberFormat(locales.en) } as const
const KOPECKS = 100

/** Whole roubles with spaces that do not break. */
export const priceText = (language: Language, kopecks: number): string => siteWords[language].roubles(numbers[language].format(Math.round(kopecks / KOPECKS)))

/** `14:30` on the wall of the place. */
export const timeText = (language: Language, at: Date, timeZone: string): string => dateFormat(locales[language], { hour: '2-digit', minute: '2-digit', timeZone }).format(at)

/** `Tuesday 14:30`, or with the date when it is further than a week. */
export const dayTimeText = (language: Language, at: Date, timeZone: string): string =>
  dateFormat(locales[language], { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(at)

export const dateText = (language: Language, at: Date): string =>
  dateFormat(locales[language], { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Moscow' }).format(at)

/** `30 November at 14:30 (Moscow Time)` as a promise is told: on the wall of whoever keeps it. */
export function momentText(language: Language, at: Date, timeZone: string): string {
  const time = dateFormat(locales[language], { day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit', timeZone })
  const zone = dateFormat(locales[language], { timeZone, timeZoneName: 'shortGeneric' })
  return `${time.format(at)} (${zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone})`
}
