/** What a visitor does on a company's site. */
import { trackerOf, type TrackerName } from '../../contract/site/trackers.ts'
import { site as s } from '../../i18n/ru/site.ts'
import { expect, type Page } from './cast.ts'
import { look } from './look.ts'
import type { Vera } from './vera.ts'

const home = '/site/veltara'
const categoriesIn = async (page: Page): Promise<string[]> => [...new Set((await page.context().cookies()).map(({ name }) => trackerOf(name as TrackerName).category))]

/** From the first page to the number of the request: no to cookies, a model, a consent read, a form sent too early and sent again. */
export async function leaveRequest(page: Page, vera: Vera, outlet: string): Promise<number> {
  await page.goto(home)
  await look(page, 'site-home')
  await page.getByRole('button', { name: s.banner.refuse }).click()
  await expect(page.getByRole('region', { name: s.banner.title })).toHaveCount(0)
  expect(await categoriesIn(page)).toEqual(['necessary'])

  await page.getByRole('link', { name: s.hero.all }).click()
  await page.getByRole('link', { name: 'Борей', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Борей' })).toBeVisible()
  await look(page, 'site-model')
  await page.getByRole('link', { name: s.hero.drive }).click()
  await expect(page.getByRole('radio', { name: s.ask.interests.test_drive })).toBeChecked()
  await expect(page.getByLabel(s.ask.model)).toHaveValue(/.+/)
  for (const box of await page.getByRole('checkbox').all()) await expect(box).not.toBeChecked()

  const needed = page.getByRole('checkbox', { name: s.ask.boxes.request })
  const opening = page.waitForEvent('popup')
  await page.locator('.box').filter({ has: needed }).getByRole('link', { name: s.ask.text }).click()
  const text = await opening
  await expect(text.getByRole('heading', { level: 1, name: s.texts.kinds.request })).toBeVisible()
  await look(text, 'site-consent')
  await text.close()

  await page.getByLabel(s.ask.name).fill(vera.name)
  await page.getByLabel(s.ask.phone).fill(vera.phone)
  await page.getByLabel(s.ask.email).fill(vera.email)
  await page.getByLabel(s.ask.place).selectOption({ label: `Москва: ${outlet}` })
  await page.getByLabel(s.ask.wishes).fill('В субботу утром, с детским креслом')
  await look(page, 'site-request')
  await page.getByRole('button', { name: s.ask.send }).click()
  await expect(page.getByRole('alert')).toContainText(s.form.problems.consent_needed)
  await expect(page.getByLabel(s.ask.name)).toHaveValue(vera.name)
  await needed.check()
  await page.getByRole('checkbox', { name: s.ask.read }).check()
  await page.getByRole('checkbox', { name: s.ask.boxes.advertising_data }).check()
  await page.getByRole('checkbox', { name: s.ask.boxes.advertising_email }).check()
  await look(page)
  await page.getByRole('button', { name: s.ask.send }).click()
  await expect(page.getByRole('heading', { level: 1, name: s.done.title })).toBeVisible()
  const number = Number(/\d+/.exec((await page.getByText(/^Номер заявки/).textContent()) ?? '')?.[0])
  expect(number).toBeGreaterThan(0)
  await look(page, 'site-request-done')
  expect(await categoriesIn(page)).toEqual(['necessary'])
  return number
}
