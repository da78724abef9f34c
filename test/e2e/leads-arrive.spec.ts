import { ask, choose, expect, isMarked, mark, paths, test, words, type Page } from './cast.ts'
import { adf, byJson, byMail, mailAddressOf, somebody } from './doors.ts'
import { look } from './look.ts'

const rowOf = (page: Page, surname: string) => page.getByRole('row').filter({ hasText: surname })

async function seenWithClocks(anna: Page, surname: string): Promise<void> {
  const row = rowOf(anna, surname)
  await expect(row).toBeVisible()
  await expect(row.getByRole('timer')).toHaveCount(2)
}

test('a lead from the site and one by an importer’s ADF letter appear in the open tray by themselves, with both clocks', async ({ as, siteKey, request }) => {
  const anna = await as('anna')
  await anna.goto(paths.leads)
  await expect(anna.getByRole('row').first()).toBeAttached()
  await mark(anna)
  const [bySite, byLetter] = [somebody(), somebody()]
  await byJson({ as, siteKey, request }, { ...bySite, interest: 'test_drive' })
  await seenWithClocks(anna, bySite.surname)
  await byMail(await mailAddressOf(await as('zhanna')), adf({ ...byLetter, comment: 'Перезвоните вечером' }))
  await seenWithClocks(anna, byLetter.surname)
  expect(await isMarked(anna)).toBe(true)
  await look(anna, 'tray')
})

test('a file of leads is checked row by row, imported into the open tray, and undone', async ({ as }) => {
  const [good, other] = [somebody(), somebody()]
  const [anna, zoya] = [await as('anna'), await as('zoya')]
  await anna.goto(paths.leads)
  await expect(anna.getByRole('row').first()).toBeAttached()
  await mark(anna)
  const t = words.intake
  await zoya.goto(paths.leadFiles)
  await zoya.getByRole('button', { name: t.upload }).first().click()
  const dialog = zoya.getByRole('dialog')
  const csv = ['ФИО;Телефон;Комментарий', `${good.surname} ${good.given};${good.phone};Хочет посмотреть`, `${other.surname} ${other.given};12;Номер не дописан`].join('\n')
  await dialog.locator('input[type=file]').setInputFiles({ name: 'выставка.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await choose(zoya, t.basis, t.bases.contract)
  await dialog.getByLabel(t.attest).check()
  await look(zoya, 'upload')
  await dialog.getByRole('button', { name: t.upload, exact: true }).click()
  await zoya.getByRole('button', { name: t.check, exact: true }).click()
  await expect(zoya.getByRole('button', { name: t.import(1) })).toBeVisible()
  await look(zoya, 'lead-file')
  await zoya.getByRole('button', { name: t.import(1) }).click()
  await seenWithClocks(anna, good.surname)
  expect(await isMarked(anna)).toBe(true)
  await expect(rowOf(anna, other.surname)).toHaveCount(0)
  await zoya.getByRole('button', { name: t.undo, exact: true }).click()
  await zoya.getByRole('dialog').getByRole('button', { name: t.undo, exact: true }).click()
  await expect(rowOf(anna, good.surname)).toHaveCount(0)
})

test('what no door can read waits for a person, who fixes it and makes a lead of it', async ({ as }) => {
  const anna = await as('anna')
  const t = words.intake
  await anna.goto(paths.unparsed)
  await expect(anna.getByRole('heading', { level: 1 })).toBeVisible()
  const { unparsed: before } = await ask<{ unparsed: number }>(anna, 'get', '/intake/messages/count')
  const client = somebody()
  const broken = adf(client)
    .replace(/<phone.*<\/phone>/, '')
    .replace('</adf>', '')
  await byMail(await mailAddressOf(await as('zhanna')), broken)
  await expect.poll(async () => (await ask<{ unparsed: number }>(anna, 'get', '/intake/messages/count')).unparsed).toBeGreaterThan(before)
  await anna
    .getByRole('row')
    .filter({ has: anna.getByRole('gridcell') })
    .first()
    .click()
  const drawer = anna.getByRole('dialog')
  await drawer.getByRole('button', { name: t.openOriginal }).click()
  await expect(drawer.getByRole('group', { name: t.original })).toContainText(client.surname)
  await look(anna, 'unparsed')
  await drawer.getByLabel(t.name, { exact: true }).fill(`${client.surname} ${client.given}`)
  await drawer.getByLabel(t.phones).fill(client.phone)
  await drawer.getByRole('button', { name: t.accept }).click()
  await expect(drawer).toBeHidden()
  await anna.goto(paths.leads)
  await seenWithClocks(anna, client.surname)
})
