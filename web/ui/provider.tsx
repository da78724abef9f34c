import { MantineProvider, useMantineColorScheme } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore } from 'react'
import '@fontsource-variable/inter/wght.css'
import './mantine.css'
import 'virtual:theme.css'
import './base.css'
import { type Format, type Locale, createFormat } from './format.ts'
import { theme } from './theme.ts'
import { nameCross } from './toast.tsx'
import { type UiWords, UiWordsProvider } from './words.tsx'

const FormatContext = createContext<Format | null>(null)

/** Dates, money and phones in the person's language and the outlet's zone. Throws outside of `UiProvider`. */
export function useFormat(): Format {
  const format = useContext(FormatContext)
  if (!format) throw new Error('useFormat outside of UiProvider')
  return format
}

type UiProviderProps = { locale: Locale; timeZone: string; words: UiWords; children: ReactNode; /** Inside of another one: only language and zone change. */ isInner?: boolean }

/** Everything a widget needs around it. `timeZone` is IANA. */
export function UiProvider({ locale, timeZone, words, children, isInner = false }: UiProviderProps) {
  const format = useMemo(() => createFormat(locale, timeZone), [locale, timeZone])
  useEffect(() => nameCross(words.close), [words.close])
  const inner = (
    <UiWordsProvider value={words}>
      <FormatContext.Provider value={format}>{children}</FormatContext.Provider>
    </UiWordsProvider>
  )
  if (isInner) return inner
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <Notifications position="bottom-right" limit={4} containerWidth={400} />
      {inner}
    </MantineProvider>
  )
}

export type Density = 'comfortable' | 'compact'
const densityKey = 'infotech-density'
const densityListeners = new Set<() => void>()
const readDensity = (): Density => (document.documentElement.dataset.density === 'compact' ? 'compact' : 'comfortable')

/** Puts back the density chosen on this device; call once before the first paint. */
export function restoreDensity(): void {
  document.documentElement.dataset.density = localStorage.getItem(densityKey) === 'compact' ? 'compact' : 'comfortable'
}

/** How tall the rows are: 32 or 28 pixels. Kept on the device: it is about the screen, not about the person. */
export function useDensity(): [Density, (density: Density) => void] {
  const density = useSyncExternalStore((listener) => {
    densityListeners.add(listener)
    return () => densityListeners.delete(listener)
  }, readDensity)
  const choose = useCallback((chosen: Density) => {
    document.documentElement.dataset.density = chosen
    localStorage.setItem(densityKey, chosen)
    for (const listener of densityListeners) listener()
  }, [])
  return [density, choose]
}

export type ColorScheme = 'light' | 'dark' | 'auto'
/** Light, dark or as the system. */
export function useColorScheme(): [ColorScheme, (scheme: ColorScheme) => void] {
  // Mantine would stop transitions for the moment by a <style> element, which the content policy forbids.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  return [colorScheme, setColorScheme]
}
