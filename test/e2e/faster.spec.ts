import { ask, expect, paths, test, words, type Page } from './cast.ts'
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
