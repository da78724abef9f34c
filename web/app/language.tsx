import { createContext, useContext } from 'react'
import { speak } from '../../contract/call.ts'
import type { Words } from '../../i18n/ru/index.ts'
import type { Locale } from '../ui/format.ts'

const cookie = 'language'
const yearS = 31_536_000

/** The chosen language, else the browser's. A cookie, so that the server's letters and refusals speak it too. */
export function chosenLanguage(): Locale {
  const kept = new RegExp(`(?:^|; )${cookie}=(ru|en)`).exec(document.cookie)?.[1]
  if (kept === 'ru' || kept === 'en') return kept
  return navigator.language.startsWith('en') ? 'en' : 'ru'
}

/** Only the person's language is loaded. */
export async function loadWords(locale: Locale): Promise<Words> {
  speak(locale)
  document.documentElement.lang = locale
  return locale === 'ru' ? (await import('../../i18n/ru/index.ts')).ru : (await import('../../i18n/en/index.ts')).en
}

export function keepLanguage(locale: Locale): void {
  document.cookie = `${cookie}=${locale}; path=/; max-age=${yearS}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
}

type Language = { locale: Locale; words: Words; choose: (locale: Locale) => void }
export const LanguageContext = createContext<Language | null>(null)

export function useLanguage(): Language {
  const language = useContext(LanguageContext)
  if (!language) throw new Error('useLanguage outside of the application')
  return language
}

/** `const t = useWords()` … `t.shell.signOut` */
export const useWords = (): Words => useLanguage().words
