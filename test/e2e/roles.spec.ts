import { expect, test } from './cast.ts'
import { look } from './look.ts'

const roles = ['anna', 'viktor', 'dmitry', 'elena', 'zhanna', 'zoya', 'igor', 'konstantin', 'timur', 'ulyana', 'fyodor', 'polina', 'yulia', 'yakov', 'olga', 'eduard'] as const
/** Roles whose first screen is not the operator's or the seller's, whom the stories follow. */
const hasOwnView: readonly string[] = ['ulyana', 'timur', 'fyodor', 'polina', 'yulia', 'yakov', 'dmitry', 'elena']

test('every role comes in and has a first screen of its own', async ({ as }) => {
  for (const key of roles) {
    const page = await as(key)
    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1 }), key).toBeVisible()
    if (hasOwnView.includes(key)) await look(page)
    await page.context().close()
  }
})
