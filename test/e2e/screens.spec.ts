import { expect, paths, test } from './cast.ts'
import { look } from './look.ts'

/** Screens with a place in the menu that no story passes through, seen by the role whose work they are. */
const screens = [
  ['anna', paths.people, 'clients'],
  ['anna', paths.myDay, 'my-day'],
  ['anna', paths.myLog, 'my-log'],
  ['viktor', paths.stock, 'stock'],
  ['zoya', paths.routing, 'routing'],
  ['zhanna', paths.sources, 'sources'],
  ['igor', paths.register, 'register'],
  ['igor', paths.consentTexts, 'consent-texts'],
  ['igor', paths.policy, 'policy'],
  ['igor', paths.clauses, 'clauses'],
  ['konstantin', paths.staff, 'staff'],
  ['konstantin', paths.outlets, 'outlets'],
  ['konstantin', paths.tenant, 'company'],
  ['konstantin', paths.integrationKeys, 'keys'],
  ['konstantin', paths.access, 'access'],
  ['konstantin', paths.api, 'api'],
  ['eduard', paths.health, 'health'],
] as const

for (const [key, path, name] of screens) {
  test(`${path} as ${key} sees it: readable by everyone, nothing sticks out`, async ({ as }) => {
    const page = await as(key)
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await look(page, name)
  })
}
