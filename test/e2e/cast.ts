/** Members of the demo's cast at their browsers: `const anna = await as('anna')` is a page in which she has signed in. Whatever a page complains of in its console fails the test. */
import { test as base, expect, type APIRequestContext, type BrowserContext, type Page } from '@playwright/test'
import { ru } from '../../i18n/ru/index.ts'
import { castMember, demoPassword } from '../../server/demo/cast.ts'
import { paths } from '../../web/app/paths.ts'

export { expect, paths, type Page }
export const words = ru

export type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>
export type Options = {
  /** What the server refuses on purpose in this test: Chromium writes a line for every answer of that kind. */
  refusals?: readonly number[]
  theme?: 'light' | 'dark'
  language?: 'ru' | 'en'
  /** A stranger's browser as it was when they left. */
  browser?: StorageState | undefined
}
type Fixtures = {
  /** Opens a browser of somebody of the cast, signed in; a null key is a stranger. */
  as: (key: string | null, options?: Options) => Promise<Page>
  isPhone: boolean
}

export const test = base.extend<Fixtures, { sessions: Map<string, StorageState>; siteKey: { token: string | null } }>({
  // Signing in is slow on purpose (argon2id) and limited per address, so everyone does it once.
  sessions: [async ({}, use) => use(new Map()), { scope: 'worker' }],
  siteKey: [async ({}, use) => use({ token: null }), { scope: 'worker' }],
  isPhone: async ({ viewport }, use) => use((viewport?.width ?? 0) < 700),
  as: async ({ browser, sessions, baseURL, contextOptions, viewport, hasTouch, isMobile, deviceScaleFactor, locale, timezoneId }, use) => {
    const opened: { context: BrowserContext; complaints: string[] }[] = []
    await use(async (key, options = {}) => {
      const context = await browser.newContext({
        ...contextOptions,
        viewport,
        hasTouch,
        isMobile,
        timezoneId,
        reducedMotion: 'reduce',
        colorScheme: options.theme ?? 'light',
        locale: options.language === 'en' ? 'en-GB' : locale,
        ...(deviceScaleFactor === undefined ? {} : { deviceScaleFactor }),
        ...(baseURL ? { baseURL } : {}),
        ...(key ? { storageState: await sessionOf(key) } : options.browser ? { storageState: options.browser } : {}),
      } as Parameters<typeof browser.newContext>[0])
      const complaints: string[] = []
      opened.push({ context, complaints })
      const page = await context.newPage()
      listen(page, complaints, options.refusals ?? [])
      return page
    })
    for (const { context } of opened) await context.close()
    expect(
      opened.flatMap(({ complaints }) => complaints),
      'the console of every page is silent',
    ).toEqual([])

    async function sessionOf(key: string): Promise<StorageState> {
      const kept = sessions.get(key)
      if (kept) return kept
      const context = await browser.newContext(baseURL ? { baseURL } : {})
      const answer = await context.request.post('/api/sign-in', { data: { email: castMember(key).email, password: demoPassword }, headers: { 'x-requested-with': 'infotech' } })
      expect(answer.status(), `${key} signs in`).toBe(200)
      const state = await context.storageState()
      await context.close()
      sessions.set(key, state)
      return state
    }
  },
})

function listen(page: Page, complaints: string[], refusals: readonly number[]): void {
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  page.on('console', (message) => {
    const status = Number(/the server responded with a status of (\d{3})/.exec(message.text())?.[1] ?? 0)
    if (['error', 'warning'].includes(message.type()) && !refusals.includes(status)) complaints.push(`${page.url()}: ${message.text()} ${message.location().url}`)
  })
}

/** The signed-in person's own calls, for what the story needs and another test looks at. */
export async function ask<T>(page: Page, method: 'get' | 'post', path: string, data?: unknown): Promise<T> {
  const answer = await page.request[method](`/api${path}`, { ...(data === undefined ? {} : { data }), headers: { 'x-requested-with': 'infotech' } })
  expect(answer.ok(), `${method} ${path}: ${answer.status()} ${await answer.text()}`).toBe(true)
  return (await answer.json()) as T
}

/** Picks from a list of choices as a hand does. */
export async function choose(page: Page, label: string, choice: string): Promise<void> {
  await page
    .getByRole('textbox', { name: label })
    .or(page.getByRole('combobox', { name: label }))
    .first()
    .click()
  await page.getByRole('option', { name: choice }).click()
}

/** Scrolls a list of many rows, of which only the shown ones are there, down to the one that says this. */
export async function scrollToRow(page: Page, text: string): Promise<void> {
  const grid = page.getByRole('grid').first()
  await expect(async () => {
    await grid.evaluate((list) => list.scrollTo({ top: 0 }))
    for (let screens = 0; (await page.getByRole('row').filter({ hasText: text }).count()) === 0 && screens < 20; screens++) {
      await grid.evaluate((list) => list.scrollBy({ top: list.clientHeight }))
      await page.waitForTimeout(100)
    }
    await expect(page.getByRole('row').filter({ hasText: text })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
}

/** A page that was loaded anew has forgotten this. */
export const mark = (page: Page): Promise<unknown> => page.evaluate(() => Object.assign(window, { isSamePage: true }))
export const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'isSamePage' in window)

/** What a test is given, for helpers that need some of it. */
export type Test = Fixtures & { siteKey: { token: string | null }; request: APIRequestContext }
