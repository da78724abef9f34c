import { expect, paths, test, words, type Page } from './cast.ts'
import { inTheHandsOf, somebody } from './doors.ts'
import { look } from './look.ts'

/** The first hour of the first car that is free tomorrow or later. */
async function aFreeHour(page: Page): Promise<string> {
  await page.goto(paths.testDrives)
  const free = page.locator('[data-state="free"]')
  for (let days = 0; days < 7; days++) {
    await page.getByRole('button', { name: words.drives.after, exact: true }).click()
    await expect(page.locator('[data-state]').first().or(page.getByText(words.drives.closed))).toBeVisible()
    if ((await free.count()) > 0) break
  }
  return (await free.first().getAttribute('aria-label')) ?? ''
}

async function book(page: Page, name: string, query: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('searchbox').fill(query)
  await page.keyboard.press('Enter')
  await dialog.getByRole('button', { name: words.drives.pick }).first().click()
}

test('Viktor books a test drive in a free hour; Galina, who had the same hour before her, is refused in words', async ({ as, siteKey, request }) => {
  const [his, hers] = [somebody(), somebody()]
  const [viktor, galina] = [await as('viktor'), await as('galina', { refusals: [409] })]
  await inTheHandsOf({ as, siteKey, request }, viktor, { ...his, interest: 'test_drive' })
  await inTheHandsOf({ as, siteKey, request }, galina, { ...hers, interest: 'test_drive' })
  const hour = await aFreeHour(viktor)
  await galina.goto(viktor.url())
  await book(galina, hour, hers.surname)
  await book(viktor, hour, his.surname)
  await look(viktor, 'book-test-drive')
  const t = words.drives
  await viktor.getByRole('dialog').getByRole('button', { name: t.book, exact: true }).click()
  await expect(viktor.getByText(t.booked)).toBeVisible()
  await look(viktor, 'test-drives')
  await galina.getByRole('dialog').getByRole('button', { name: t.book, exact: true }).click()
  await expect(galina.getByRole('dialog').getByRole('alert')).toBeVisible()
  await galina.keyboard.press('Escape')
  await expect(galina.getByRole('button', { name: new RegExp(hour.replace(t.free, t.taken)) })).toHaveAttribute('aria-disabled', 'true')
})

test('Viktor opens a working list from a lead, moves it on the board, takes the move back and closes it with a reason', async ({ as, siteKey, request, isPhone }) => {
  const client = somebody()
  const viktor = await as('viktor')
  await inTheHandsOf({ as, siteKey, request }, viktor, { ...client, interest: 'new_car' })
  const t = words.deals
  await viktor.goto(`${paths.leads}?view=mine`)
  await viktor.getByRole('row').filter({ hasText: client.surname }).getByText(client.surname).click()
  await viktor.getByRole('dialog').getByRole('button', { name: t.open }).click()
  await viktor.getByRole('dialog', { name: t.open }).getByRole('button', { name: t.open, exact: true }).click()
  await expect(viktor.getByText(t.opened)).toBeVisible()
  await look(viktor, 'deal')

  await viktor.goto(paths.deals)
  const card = viktor.getByRole('button', { name: new RegExp(client.surname) })
  await expect(card).toBeVisible()
  if (isPhone) {
    await card.click()
    await viktor.getByRole('dialog').getByRole('button', { name: t.stages.visit, exact: true }).click()
  } else {
    await card.focus()
    await viktor.keyboard.press('Shift+ArrowRight')
    await expect(viktor.getByRole('region', { name: t.stages.visit }).getByRole('button', { name: new RegExp(client.surname) })).toBeVisible()
  }
  await expect(viktor.getByText(t.moved(t.stages.visit))).toBeVisible()
  await look(viktor, 'board')
  await viktor.getByRole('button', { name: words.ui.undo, exact: true }).click()
  await expect(viktor.getByText(t.undone)).toBeVisible()

  if (isPhone) await viktor.getByRole('dialog').getByRole('button', { name: t.stages.lost, exact: true }).click()
  else {
    await expect(viktor.getByRole('region', { name: t.stages.contact }).getByRole('button', { name: new RegExp(client.surname) })).toBeVisible()
    await card.click()
    await viktor.getByRole('dialog').getByRole('button', { name: t.stages.lost, exact: true }).click()
  }
  await viktor.getByRole('dialog', { name: t.whyLost }).getByRole('button', { name: t.reasons.price }).click()
  await expect(viktor.getByText(t.moved(t.stages.lost))).toBeVisible()
  await expect(viktor.getByRole('dialog', { name: t.one }).getByText(t.reasons.price, { exact: true })).toBeVisible()
})
