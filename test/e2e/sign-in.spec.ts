import { en } from '../../i18n/en/index.ts'
import { castMember, demoPassword } from '../../server/demo/cast.ts'
import { expect, test, words } from './cast.ts'
import { expectEnglish } from './english.ts'
import { look } from './look.ts'

test('a stranger is asked to sign in, and a wrong password is told from a wrong e-mail by nobody', async ({ as }) => {
  const page = await as(null, { refusals: [401] })
  await page.goto('/')
  await expect(page.getByRole('heading', { name: words.session.signIn })).toBeVisible()
  await look(page, 'sign-in')
  const told: string[] = []
  for (const email of [castMember('anna').email, 'nobody@zvezda.example']) {
    await page.getByLabel(words.session.email).fill(email)
    await page.locator('input[type=password]').fill('not the password')
    const answer = page.waitForResponse('**/api/sign-in')
    await page.getByRole('button', { name: words.session.enter }).click()
    expect((await answer).status()).toBe(401)
    told.push((await page.getByRole('alert').textContent()) ?? '')
  }
  expect(new Set(told).size).toBe(1)
  expect(told[0]).not.toBe('')
})

test('an operator signs in with a password, switches to English and the dark theme, and signs out', async ({ as, isPhone }) => {
  // The language stays with the account, so nobody whom another test follows.
  const { email } = castMember(isPhone ? 'pavel' : 'margarita')
  const page = await as(null, { refusals: [401] })
  await page.goto('/')
  await page.getByLabel(words.session.email).fill(email)
  await page.locator('input[type=password]').fill(demoPassword)
  await page.getByRole('button', { name: words.session.enter }).click()
  await expect(page.getByRole('heading', { level: 1, name: words.leads.tray })).toBeVisible()
  const pick = async (menu: string, choice: string): Promise<void> => {
    await page.getByRole('button', { name: menu }).click()
    await page.getByRole('menuitem', { name: choice, exact: true }).click()
  }
  await pick(words.shell.userMenu, 'English')
  await expect(page.getByRole('heading', { level: 1, name: en.leads.tray })).toBeVisible()
  await pick(en.shell.userMenu, en.shell.themes.dark)
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expectEnglish(page)
  await look(page, 'tray-dark-english')
  await pick(en.shell.userMenu, en.shell.signOut)
  await expect(page.getByRole('heading', { name: en.session.signIn })).toBeVisible()
})
