import { expect, paths, test } from './cast.ts'

test('of a list of hundreds only what is seen stands in the page, down to its very end', async ({ as, isPhone }) => {
  const zoya = await as('zoya')
  await zoya.goto(paths.people)
  const grid = zoya.getByRole('grid')
  const lines = grid.locator('[data-index]')
  await expect(lines.first()).toBeVisible()
  // What fits the window, and eight above and below it: the next line is there before it is scrolled to.
  const fitting = await grid.evaluate((list) => {
    const line = list.querySelector('[data-index]')
    return Math.ceil(list.clientHeight / (line?.getBoundingClientRect().height ?? 1)) + 2 * 8 + 1
  })
  expect(fitting).toBeLessThan(isPhone ? 60 : 80)
  let most = 0
  await expect(async () => {
    await grid.evaluate((list) => list.scrollTo({ top: list.scrollHeight }))
    most = Math.max(most, await lines.count())
    expect(Number(await grid.getAttribute('aria-rowcount')), 'all of them are loaded').toBeGreaterThan(0)
  }).toPass({ timeout: 30_000, intervals: [100] })
  const all = Number(await grid.getAttribute('aria-rowcount')) - 1
  expect(all).toBeGreaterThan(2 * fitting)
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThanOrEqual(fitting)
  await expect(grid.locator(`[data-index="${all - 1}"]`)).toBeVisible()
  await expect(grid.locator('[data-index="0"]')).toHaveCount(0)
})
