import { expect, paths, test } from './cast.ts'
import { expectNoSideways, look } from './look.ts'
import { screens } from './screens.ts'

for (const [key, path, name] of screens) {
  test(`${path} as ${key} sees it: readable by everyone, nothing sticks out`, async ({ as }) => {
    const page = await as(key)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, name ?? undefined)
  })
}

test('the figures of the network are read without pushing a table sideways', async ({ as }) => {
  const page = await as('fyodor')
  await page.goto(paths.network)
  await expect(page.getByRole('row', { name: /Залив/ })).toBeVisible()
  await expectNoSideways(page)
})
