import { expect, test } from './cast.ts'
import { look } from './look.ts'
import { screens } from './screens.ts'

for (const [key, path, name] of screens) {
  test(`${path} as ${key} sees it: readable by everyone, nothing sticks out`, async ({ as }) => {
    const page = await as(key)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, name ?? undefined)
  })
}
