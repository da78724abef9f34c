import { totpAt, stepOf } from '../../server/identity/sessions/totp.ts'
import { choose, expect, paths, test, words } from './cast.ts'
import { somebody } from './doors.ts'
import { look } from './look.ts'

const password = 'каждый охотник желает знать'

/** RFC 4648 §6, without padding. */
function fromBase32(text: string): Buffer {
  const bits = Array.from(text.replaceAll(/[^A-Z2-7]/g, ''), (letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)))
}

test('Konstantin invites a colleague, who opens the letter, sets a password, enrols an authenticator and comes in with its code', async ({ as }) => {
  const { surname, given } = somebody()
  const email = `${Date.now()}@zvezda.example`
  const konstantin = await as('konstantin')
  const [t, s] = [words.identity, words.session]
  await konstantin.goto(paths.staff)
  await konstantin.getByRole('button', { name: t.invite }).first().click()
  const dialog = konstantin.getByRole('dialog')
  await dialog.getByLabel(t.surname).fill(surname)
  await dialog.getByLabel(t.given).fill(given)
  await dialog.getByLabel(t.email).fill(email)
  await dialog.getByLabel(t.position).fill('Оператор контакт-центра')
  await choose(konstantin, t.role, words.shell.roles.operator)
  await look(konstantin, 'invite')
  await dialog.getByRole('button', { name: t.invite }).click()
  await expect(dialog).toBeHidden()

  await konstantin.goto(paths.mailbox)
  const letter = konstantin.getByRole('listitem').filter({ hasText: email }).getByRole('button')
  await letter.click()
  await look(konstantin, 'mailbox')
  const link = await konstantin
    .getByRole('link', { name: /\/invitation#/ })
    .first()
    .getAttribute('href')

  const newcomer = await as(null, { refusals: [401] })
  await newcomer.goto(link ?? '')
  await newcomer.locator('input[type=password]').fill(password)
  await look(newcomer, 'invitation')
  await newcomer.getByRole('button', { name: s.join }).click()
  await newcomer.getByLabel(s.email).fill(email)
  await newcomer.locator('input[type=password]').fill(password)
  await newcomer.getByRole('button', { name: s.enter }).click()
  await expect(newcomer.getByRole('heading', { level: 1, name: words.leads.tray })).toBeVisible()
  await newcomer.goto(paths.access)
  await newcomer.getByRole('button', { name: s.enrol }).click()
  await expect(newcomer.getByText(s.secretByHand)).toBeVisible()
  const secret = fromBase32(/(?:[A-Z2-7]{4} ?){8}/.exec((await newcomer.locator('main').textContent()) ?? '')?.[0] ?? '')
  expect(secret.length).toBe(20)
  await newcomer.getByLabel(s.codeFromApp).fill(totpAt(secret, stepOf(new Date())))
  await newcomer.getByRole('button', { name: s.confirm, exact: true }).click()
  await expect(newcomer.getByText(s.recovery, { exact: true })).toBeVisible()
  await newcomer.getByRole('button', { name: s.recoveryKept }).click()
  await expect(newcomer.getByText(s.secondFactorOn)).toBeVisible()

  const again = await as(null, { refusals: [401] })
  await again.goto('/')
  await again.getByLabel(s.email).fill(email)
  await again.locator('input[type=password]').fill(password)
  await again.getByRole('button', { name: s.enter }).click()
  // A code is good once: the next step's one is accepted a little before its time.
  await again.getByLabel(s.code).fill(totpAt(secret, stepOf(new Date()) + 1))
  await look(again, 'second-factor')
  await again.getByRole('button', { name: s.enter }).click()
  await expect(again.getByRole('heading', { level: 1, name: words.leads.tray })).toBeVisible()
})
