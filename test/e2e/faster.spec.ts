import { ask, expect, paths, test, words, type Page } from './cast.ts'
import { byJson, somebody } from './doors.ts'
import { look } from './look.ts'

type Rule = { id: string; name: string; version: number; interest: string | null; isActive: boolean }
const t = words.leads

const ruleNamed = async (page: Page, id: string): Promise<Rule | undefined> => (await ask<{ rules: Rule[] }>(page, 'get', '/routing-rules')).rules.find((rule) => rule.id === id)

test('when somebody was faster, Zoya sees what both have written, chooses field by field, and nothing is lost unseen', async ({ as, isPhone }) => {
  const [zoya, konstantin] = [await as('zoya', { refusals: [409] }), await as('konstantin')]
  const { outlets } = await ask<{ outlets: { id: string }[] }>(zoya, 'get', '/me')
  const draft = { name: `Опоздание ${isPhone ? 'с телефона' : 'со стола'}`, toOutletId: outlets[0]?.id, toDepartmentKind: 'sales', isActive: false }
  const { id, version } = await ask<{ id: string; version: number }>(konstantin, 'post', '/routing-rules', draft)

  await zoya.goto(paths.routing)
  await zoya.getByRole('button', { name: `${t.edit}: ${draft.name}` }).click()
  const dialog = zoya.getByRole('dialog')
  await dialog.getByLabel(t.ruleName).fill('Как решила Зоя')

  const theirs = { name: 'Как решил Константин', interest: 'test_drive' }
  const changed = await konstantin.request.patch(`/api/routing-rules/${id}`, { data: { version, ...theirs }, headers: { 'x-requested-with': 'infotech' } })
  expect(changed.status()).toBe(200)

  await dialog.getByRole('button', { name: words.ui.save }).click()
  await expect(dialog.getByRole('alert').filter({ hasText: words.ui.overwritten })).toBeVisible()
  const [name, interest] = [dialog.getByRole('radiogroup', { name: t.ruleName }), dialog.getByRole('radiogroup', { name: `${t.when}: ${t.interest}` })]
  await expect(dialog.getByRole('radiogroup')).toHaveCount(2)
  await expect(name.getByRole('radio', { name: `${words.ui.yours} Как решила Зоя` })).toHaveAttribute('aria-checked', 'true')
  await expect(name.getByRole('radio', { name: `${words.ui.theirs} ${theirs.name}` })).toHaveAttribute('aria-checked', 'false')
  await expect(interest.getByRole('radio', { name: `${words.ui.yours} ${t.anyInterest}` })).toBeVisible()
  await look(zoya, 'somebody-was-faster')
  expect(await ruleNamed(zoya, id)).toMatchObject({ ...theirs, version: version + 1 })

  await interest.getByRole('radio', { name: `${words.ui.theirs} ${t.interests.test_drive}` }).click()
  await dialog.getByRole('button', { name: words.ui.save }).click()
  await expect(dialog).toBeHidden()
  expect(await ruleNamed(zoya, id)).toMatchObject({ name: 'Как решила Зоя', interest: 'test_drive', version: version + 2 })
})

test('the clocks of an interest, too, are not set over somebody else’s unseen', async ({ as, isPhone }) => {
  const [zoya, konstantin] = [await as('zoya', { refusals: [409] }), await as('konstantin')]
  const interest = isPhone ? 'question' : 'callback'
  const now = async () => {
    const { policies } = await ask<{ policies: { interest: string; takeMinutes: number; firstContactMinutes: number; version: number }[] }>(zoya, 'get', '/lead-policies')
    return policies.find((policy) => policy.interest === interest)
  }
  const before = await now()
  if (!before) throw new Error(`no clock of ${interest}`)
  await zoya.goto(paths.routing)
  const take = zoya.getByLabel(`${t.interests[interest]}: ${t.takeMinutes}`)
  await take.fill('3')
  const data = { version: before.version, takeMinutes: 7, firstContactMinutes: before.firstContactMinutes }
  const changed = await konstantin.request.patch(`/api/lead-policies/${interest}`, { data, headers: { 'x-requested-with': 'infotech' } })
  expect(changed.status()).toBe(200)
  await zoya.getByRole('button', { name: words.ui.save, exact: true }).click()
  const both = zoya.getByRole('radiogroup', { name: t.takeMinutes })
  await expect(both.getByRole('radio', { name: `${words.ui.yours} 3` })).toBeVisible()
  await both.getByRole('radio', { name: `${words.ui.theirs} 7` }).click()
  await expect(take).toHaveValue('7')
  await both.getByRole('radio', { name: `${words.ui.yours} 3` }).click()
  await zoya.getByRole('button', { name: words.ui.save, exact: true }).click()
  await expect(both).toBeHidden()
  expect(await now()).toMatchObject({ takeMinutes: 3, version: before.version + 2 })
})

test('of a client, too, both writings are shown, and two writings of one phone are no difference', async ({ as, siteKey, request }) => {
  const [client, card] = [somebody(), words.people]
  const leadId = await byJson({ as, siteKey, request }, client)
  const [anna, zoya] = [await as('anna', { refusals: [409] }), await as('zoya')]
  const { personId } = await ask<{ personId: string }>(anna, 'get', `/leads/${leadId}`)
  await anna.goto(paths.person.replace('$personId', personId))
  await anna.getByRole('button', { name: card.reveal, exact: true }).click()
  await anna.getByRole('group', { name: card.revealWhy }).getByRole('button', { name: card.purposes.request_handling }).click()
  await anna.getByRole('button', { name: card.edit, exact: true }).click()
  const dialog = anna.getByRole('dialog')
  await dialog.getByLabel(card.given, { exact: true }).fill('Ариадна')
  await dialog.getByLabel(card.email, { exact: true }).fill('ariadna@mail.example')

  type Facts = { version: number; contact: { surname: string; given: string } }
  const opened = (): Promise<Facts> => ask<Facts>(zoya, 'post', `/persons/${personId}/reveal`, { purpose: 'request_handling' })
  const before = await opened()
  const digits = client.phone.replaceAll(/\D/g, '')
  const contact = { surname: before.contact.surname, given: 'Арина', phones: [`8 ${digits.slice(1)}`] }
  const changed = await zoya.request.patch(`/api/persons/${personId}`, { data: { version: before.version, contact }, headers: { 'x-requested-with': 'infotech' } })
  expect(changed.status(), await changed.text()).toBe(200)

  await dialog.getByRole('button', { name: words.ui.save }).click()
  await expect(dialog.getByRole('radiogroup')).toHaveCount(2)
  const email = dialog.getByRole('radiogroup', { name: card.email })
  await expect(email.getByRole('radio', { name: `${words.ui.theirs} ${words.ui.empty}` })).toBeVisible()
  await dialog
    .getByRole('radiogroup', { name: card.given })
    .getByRole('radio', { name: `${words.ui.theirs} Арина` })
    .click()
  await expect(dialog.getByRole('textbox', { name: card.given, exact: true })).toHaveValue('Арина')
  await look(anna)
  await dialog.getByRole('button', { name: words.ui.save }).click()
  await expect(dialog).toBeHidden()
  expect(await opened()).toMatchObject({ version: before.version + 2, contact: { given: 'Арина', emails: [{ typed: 'ariadna@mail.example' }] } })
})

test('a step that somebody moved first is moved on only by whoever has seen where to', async ({ as, siteKey, request }) => {
  const card = words.people
  const leadId = await byJson({ as, siteKey, request }, somebody())
  const [anna, zoya] = [await as('anna', { refusals: [409] }), await as('zoya')]
  const { personId } = await ask<{ personId: string }>(anna, 'get', `/leads/${leadId}`)
  const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
  const { id } = await ask<{ id: string }>(anna, 'post', '/tasks', { personId, kind: 'call', dueAt: inHours(5) })
  const task = async () =>
    (await ask<{ rows: { id: string; dueAt: string; version: number }[] }>(zoya, 'get', `/tasks?view=open&personId=${personId}`)).rows.find((row) => row.id === id)
  const theirs = inHours(30)
  // While Anna's word is on its way, Zoya's arrives.
  await anna.route(
    `**/api/tasks/${id}`,
    async (route) => {
      const { version } = (await task()) ?? { version: 0 }
      const moved = await zoya.request.patch(`/api/tasks/${id}`, { data: { version, dueAt: theirs }, headers: { 'x-requested-with': 'infotech' } })
      expect(moved.status(), await moved.text()).toBe(200)
      await route.continue()
    },
    { times: 1 },
  )
  await anna.goto(paths.person.replace('$personId', personId))
  const move = async (): Promise<void> => {
    await anna.getByRole('button', { name: card.moveTo, exact: true }).first().click()
    await anna.getByRole('menuitem', { name: card.presets.week }).click()
  }
  await move()
  const dialog = anna.getByRole('dialog', { name: card.moveAct })
  await expect(dialog).toContainText(words.ui.theirs)
  await expect(dialog).toContainText(words.ui.yours)
  await dialog.getByRole('button', { name: words.ui.cancel }).click()
  expect((await task())?.dueAt).toBe(theirs)
  await expect(dialog).toBeHidden()
  await move()
  await expect(anna.getByText(card.moved)).toBeVisible()
  expect((await task())?.dueAt).not.toBe(theirs)
})
