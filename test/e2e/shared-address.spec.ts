import { site as s } from '../../i18n/ru/site.ts'
import { portal as p } from '../../i18n/ru/portal.ts'
import { portalLetters } from '../../i18n/ru/portal-letters.ts'
import { ask, expect, paths, scrollToRow, test, words, type Page } from './cast.ts'
import { somebody } from './doors.ts'
import { expectNoSideways, look } from './look.ts'
import { letterTo } from './vera.ts'

const my = '/site/zvezda/my'
const box = (): string => `${Array.from({ length: 9 }, () => String.fromCharCode(97 + Math.floor(Math.random() * 26))).join('')}@mail.example`

/** From the address to the page behind it, by the keys where there are keys. */
async function comeIn(page: Page, address: string): Promise<void> {
  await page.getByLabel(p.ask.address).fill(address)
  await page.getByLabel(p.ask.address).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: p.code.title })).toBeVisible()
  const { text } = await letterTo(page, address, portalLetters.code.subject(''))
  await page.getByLabel(p.code.field).fill(/\b\d{6}\b/.exec(text)?.[0] ?? '')
  await page.getByLabel(p.code.field).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: p.title })).toBeVisible()
}

test('a family with one mailbox: it reads nothing of each other, stops what may be stopped, and each comes in as themself by an address of their own', async ({ as }) => {
  const [anna, igor] = [await as('anna'), await as('igor')]
  const [his, hers, shared, own] = [somebody(), somebody(), box(), box()]
  const held = async ({ surname }: { surname: string }, given: string, emails: string[]): Promise<string> =>
    (
      await ask<{ id: string }>(anna, 'post', '/persons', {
        contact: { surname, given, emails },
        ground: { activityCode: 'relations', basis: 'consent', consent: { how: 'staff_call' } },
      })
    ).id
  await held(his, 'Пётр', [shared])
  const herId = await held(hers, 'Алла', [shared, own])
  await ask(anna, 'post', `/persons/${herId}/consents`, { kind: 'advertising_email', state: 'given', how: 'staff_call' })

  const page = await as(null)
  await page.goto(my)
  await page.getByRole('button', { name: s.banner.refuse }).click()
  await comeIn(page, shared)
  await expect(page.getByRole('heading', { level: 2, name: p.shared.title })).toBeVisible()
  for (const { surname } of [his, hers]) await expect(page.getByRole('main')).not.toContainText(surname)
  const [heOnIt, sheOnIt] = ['П.', 'А.'].map((initial) => page.getByRole('region', { name: `Ж. ${initial}` }))
  await expect(heOnIt!).toBeVisible()
  await look(page, 'my-shared')
  await expectNoSideways(page)

  await sheOnIt!.getByRole('link', { name: p.stop.link }).press('Enter')
  await look(page)
  await page.getByRole('button', { name: p.stop.button }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: p.stop.done })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: p.sections.consents.title, exact: true }).click()
  await expect(page.getByRole('region', { name: 'Ж. П.' }).getByRole('link', { name: p.consents.withdraw })).toBeVisible()
  await look(page, 'my-shared-consents')
  await page.getByRole('link', { name: p.back }).click()

  await heOnIt!.getByRole('link', { name: p.demands.access.link }).click()
  await page.getByRole('button', { name: p.demands.access.button }).click()
  await expect(page.getByRole('status').filter({ hasText: p.shared.filed })).toBeVisible()
  await igor.goto(paths.requests)
  await scrollToRow(igor, his.surname)
  await igor.getByRole('row').filter({ hasText: his.surname }).click()
  await expect(igor.getByText(words.requests.identities.unknown)).toBeVisible()
  await expect(igor.getByText(words.requests.identifyHint)).toBeVisible()

  await comeIn(page, own)
  await expect(page.getByRole('heading', { level: 2, name: hers.surname })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: p.shared.title })).toHaveCount(0)
  await expect(page.getByRole('main')).not.toContainText(his.surname)
  await look(page)
})
