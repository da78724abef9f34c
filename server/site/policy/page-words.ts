import { sitePolicy as en } from '../../../i18n/en/site-policy.ts'
import { sitePolicy as ru } from '../../../i18n/ru/site-policy.ts'
import type { Language } from '../pages/layout.ts'

export const policyPageWords = { ru, en } as const

const dates = {
  ru: new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: 'Europe/Moscow' }),
  en: new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'Europe/Moscow' }),
}
export const versionDate = (instant: string, language: Language): string => dates[language].format(new Date(instant))
