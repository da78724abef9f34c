/** What every screen must stand: axe without violations, nothing wider than the window, and a picture for the reviewers. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, words, type Page } from './cast.ts'

const pictures = path.join(import.meta.dirname, '../../docs/screenshots')

/** Until the grey lines of what is loading have gone. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator('main').first()).toBeVisible()
  await expect(page.getByRole('status', { name: words.ui.loading })).toHaveCount(0)
  await page.evaluate(() => document.fonts.ready)
}

/** @param name of the picture; without one none is kept. Pictures are taken only when E2E_PICTURES is set, so that a test run leaves the tree as it was. */
export async function look(page: Page, name?: string): Promise<void> {
  await settled(page)
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  expect(
    violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html.slice(0, 160))
          .slice(0, 3)
          .join(' | ')}`,
    ),
    `axe at ${page.url()}`,
  ).toEqual([])
  const { scrollWidth, innerWidth } = await page.evaluate(() => ({ scrollWidth: document.documentElement.scrollWidth, innerWidth: window.innerWidth }))
  expect(scrollWidth, `nothing sticks out at ${page.url()}`).toBeLessThanOrEqual(innerWidth)
  if (name) await picture(page, name)
}

export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env.E2E_PICTURES) return
  mkdirSync(pictures, { recursive: true })
  const size = (page.viewportSize()?.width ?? 0) < 700 ? 'phone' : 'desk'
  await hideToasts(page, true)
  await page.screenshot({ path: path.join(pictures, `${name}-${size}.png`), scale: 'css', animations: 'disabled', caret: 'hide' })
  await hideToasts(page, false)
}

/** What was just done is told for some seconds over what a picture is of. */
const hideToasts = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => document.querySelectorAll('.mantine-Notifications-root').forEach((toasts) => toasts.toggleAttribute('hidden', hidden)), isHidden)

/** What has to be pushed sideways to be read, by its name: nothing, where a screen is made for a phone as well. */
export async function expectNoSideways(page: Page): Promise<void> {
  await settled(page)
  const pushed = await page
    .locator('main *')
    .evaluateAll((all) =>
      all
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(one).overflowX))
        .map((one) => one.getAttribute('aria-label') ?? one.outerHTML.slice(0, 120)),
    )
  expect(pushed, `nothing is pushed sideways at ${page.url()}`).toEqual([])
}
