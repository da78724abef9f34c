import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, useMemo, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import type { Words } from '../../i18n/ru/index.ts'
import type { Locale } from '../ui/format.ts'
import { UiProvider, restoreDensity } from '../ui/provider.tsx'
import { queryClient } from './data/query-client.ts'
import { LanguageContext, chosenLanguage, keepLanguage, loadWords } from './language.tsx'
import { router } from './routes.tsx'

// Zod would compile checks with `new Function`, which the content policy forbids.
z.config({ jitless: true })

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

function Application({ first }: { first: { locale: Locale; words: Words } }) {
  const [{ locale, words }, setLanguage] = useState(first)
  const language = useMemo(() => {
    const choose = (chosen: Locale): void => {
      keepLanguage(chosen)
      void loadWords(chosen).then((loaded) => setLanguage({ locale: chosen, words: loaded }))
    }
    return { locale, words, choose }
  }, [locale, words])
  return (
    <LanguageContext value={language}>
      <UiProvider locale={locale} timeZone={browserZone} words={words.ui}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </UiProvider>
    </LanguageContext>
  )
}

async function start(): Promise<void> {
  restoreDensity()
  const locale = chosenLanguage()
  const words = await loadWords(locale)
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <Application first={{ locale, words }} />
    </StrictMode>,
  )
}

await start()
