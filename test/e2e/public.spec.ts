import { site } from '../../i18n/ru/site.ts'
import { site as english } from '../../i18n/en/site.ts'
import { portal } from '../../i18n/ru/portal.ts'
import { expect, test, type Page } from './cast.ts'
import { expectNoSideways, look } from './look.ts'

/** Pages that whoever comes along sees, where each begins and how it is called among the pictures. */
const pages = [
  ['', null],
  ['/models', 'site-models'],
  ['/dealers', 'site-dealers'],
  ['/request', null],
  ['/consents', null],
  ['/policy', 'site-policy'],
  ['/policy/versions', null],
  ['/cookies', 'site-cookies'],
  ['/my', null],
] as const
const home = '/site/veltara'

async function seen(page: Page, path: string, name?: string): Promise<void> {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await look(page, name)
}

for (const [theme, language] of [
  ['light', 'ru'],
  ['dark', 'en'],
] as const) {
  test(`every public page in ${language}, ${theme}: readable by everyone, nothing sticks out`, async ({ as }) => {
    const page = await as(null, { theme })
    await page.goto(`${home}?lang=${language}`)
    const words = language === 'ru' ? site : english
    await expect(page.getByRole('region', { name: words.banner.title })).toBeVisible()
    await look(page)
    await page.getByRole('button', { name: words.banner.refuse }).click()
    for (const [path, name] of pages) await seen(page, `${home}${path}`, language === 'ru' ? (name ?? undefined) : undefined)
    await seen(page, home, language === 'en' ? 'site-dark-english' : undefined)
  })
}

test('what the site keeps in a browser is read without pushing a table sideways', async ({ as }) => {
  const page = await as(null)
  await page.goto(`${home}/cookies`)
  await expect(page.getByRole('table').first()).toBeVisible()
  await expectNoSideways(page)
})

test('a dealer’s site and the platform’s own have the same doors', async ({ as }) => {
  const page = await as(null)
  await seen(page, '/site/zvezda')
  await seen(page, '/site/zvezda/request')
  await seen(page, '/site/platform')
  await seen(page, '/policy')
})

test('what is not there and what cannot be read is told in words, with a way on', async ({ as }) => {
  const page = await as(null, { refusals: [404, 422] })
  for (const path of ['/nowhere', '/unsubscribe/nothing', '/models/nothing', '/consents/nothing']) {
    await seen(page, `${home}${path}`)
    await expect(page.getByRole('link', { name: site.errors.back })).toBeVisible()
  }
  await page.goto(`${home}/my`)
  await page.getByLabel(portal.ask.address).fill('не адрес')
  await page.getByRole('button', { name: portal.ask.send }).click()
  await expect(page.getByRole('alert')).toContainText(portal.ask.problem)
  await look(page)
  await page.goto(`${home}/my/enter/nothing`)
  await page.getByRole('button', { name: portal.link.open }).click()
  await expect(page.getByRole('status')).toContainText(portal.link.problem)
  await look(page)
})
