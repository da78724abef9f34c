import { expect, test } from './cast.ts'
import { expectEnglish } from './english.ts'
import { look } from './look.ts'
import { screens } from './screens.ts'

for (const key of new Set(screens.map(([each]) => each))) {
  test(`every screen of ${key}'s in English and dark: nothing is left in Russian, everything can be read`, async ({ as }) => {
    const page = await as(key, { theme: 'dark', language: 'en' })
    for (const [, path] of screens.filter(([each]) => each === key)) {
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await look(page)
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
      await expectEnglish(page)
    }
  })
}
