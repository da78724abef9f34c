import { expect, paths, test, words } from './cast.ts'
import { byJson, somebody } from './doors.ts'
import { look } from './look.ts'

test('Zoya sees what burns, the funnel and how fast people answer, and opens the rows behind a number', async ({ as, siteKey, request }) => {
  const zoya = await as('zoya')
  const t = words.leads
  await zoya.goto(paths.wall)
  const burning = zoya.getByRole('region', { name: t.burningNow })
  const open = burning.getByRole('link', { name: new RegExp(`^${t.openNow}: `) })
  await expect(open).toBeVisible()
  const before = Number(await open.textContent())
  await byJson({ as, siteKey, request }, somebody())
  await expect(open).toHaveText(String(before + 1))
  await expect(zoya.getByRole('region', { name: t.funnel }).getByRole('table')).toBeVisible()
  await expect(zoya.getByRole('table', { name: t.response })).toBeVisible()
  await look(zoya, 'pulse')
  await zoya
    .getByRole('table', { name: t.response })
    .getByRole('link', { name: new RegExp(`^${t.total}, ${t.take}, ${t.median}: `) })
    .click()
  await expect(zoya.getByRole('heading', { level: 1, name: t.tray })).toBeVisible()
  await expect(zoya.getByText(t.clockStates.take_timed)).toBeVisible()
  await zoya.goto(paths.wall)

  const overdue = burning.getByRole('link', { name: new RegExp(`^${t.overdue}: `) }).first()
  const number = Number(await overdue.textContent())
  expect(number).toBeGreaterThan(0)
  await overdue.click()
  await expect(zoya.getByRole('heading', { level: 1, name: t.tray })).toBeVisible()
  await expect(zoya.getByText(words.ui.shownRows(number))).toBeVisible()
  await look(zoya, 'pulse-rows')
})
