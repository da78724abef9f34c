/** What the officer does that is no answer to a request: terms that run, a representative with their papers, recipients who have not heard. */
import { randomUUID } from 'node:crypto'
import { ask, expect, paths, test, words, type Page } from './cast.ts'
import { inTheHandsOf, somebody } from './doors.ts'
import { expectNoSideways, look } from './look.ts'
import { pollingDealer } from './polling-dealer.ts'

const { requests: req, destruction: end, ui } = words
const terms = `${paths.destruction}?tab=terms`
const today = (): string => new Date().toISOString().slice(0, 10)

async function filed(officer: Page, personId: string, kind: string): Promise<string> {
  return (await ask<{ id: string }>(officer, 'post', '/requests', { who: { personId }, kind, channel: 'paper', receivedOn: today(), words: 'Прошу по поручению матери' })).id
}

test('Igor stops the processing and finds the term of it among the terms, by keys alone where there are keys; from there to the card', async ({
  as,
  siteKey,
  request,
  isPhone,
}) => {
  const client = somebody()
  const [anna, igor] = [await as('anna'), await as('igor')]
  const leadId = await inTheHandsOf({ as, siteKey, request }, anna, client)
  const { personId } = await ask<{ personId: string }>(anna, 'get', `/leads/${leadId}`)
  await igor.goto(paths.request.replace('$requestId', await filed(igor, personId, 'block')))
  await expect(igor.getByRole('button', { name: req.lift, exact: true })).toBeVisible()

  await igor.goto(paths.destruction)
  const tabs = igor.getByRole('radiogroup', { name: end.tabsLabel })
  if (isPhone) await tabs.getByText(end.tabs.terms).click()
  else {
    await tabs.getByRole('radio', { name: end.tabs.due }).focus()
    await igor.keyboard.press('ArrowRight')
  }
  await expect(igor).toHaveURL(/tab=terms/)
  const blocked = igor.getByRole('region', { name: end.blocks })
  const row = blocked.getByRole('listitem').filter({ hasText: client.surname })
  await expect(row).toContainText(/осталось \d+ (день|дня|дней)/)
  await expect(row).toContainText('ст. 21 ч. 6')
  await expect(row).toContainText(end.held)
  await look(igor, 'terms')
  await expectNoSideways(igor)
  await row.getByRole('link', { name: new RegExp(client.surname) }).press('Enter')
  await expect(igor.getByRole('region', { name: words.people.grounds })).toContainText(words.people.restricted)
  await look(igor)
  await igor.goBack()
  await expect(row).toBeVisible()
})

test('a daughter comes for her mother: Igor is told what is missing, writes both papers down and sees later who asked', async ({ as, siteKey, request, isPhone }) => {
  const client = somebody()
  const [anna, igor] = [await as('anna'), await as('igor')]
  const leadId = await inTheHandsOf({ as, siteKey, request }, anna, client)
  const { personId } = await ask<{ personId: string }>(anna, 'get', `/leads/${leadId}`)
  await igor.goto(paths.request.replace('$requestId', await filed(igor, personId, 'access')))
  const opener = igor.getByRole('button', { name: req.asRepresentative })
  await opener.press('Enter')
  const dialog = igor.getByRole('dialog', { name: req.representativeTitle })
  const [name, document, powers] = [req.representativeName, req.representativeDocument, req.representativePowers].map((label) => dialog.getByRole('textbox', { name: label }))
  await expect(name!).toBeFocused()
  await igor.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(opener).toBeFocused()

  await opener.press('Enter')
  await dialog.getByRole('button', { name: req.identify }).click()
  await expect(dialog.getByRole('alert')).toContainText(ui.checkFields)
  await expect(name!).toBeFocused()
  await expect(name!).toHaveAccessibleDescription(/\S/)
  await look(igor, 'representative')
  await name!.fill('Крылова Зинаида Павловна')
  await document!.fill('паспорт 45 11 000000, выдан 01.02.2012')
  await powers!.fill('доверенность 77 АВ 000000 от 03.03.2026, нотариус Серова')
  await expect(dialog.getByText(ui.checkFields)).toHaveCount(0)
  if (isPhone) await dialog.getByRole('button', { name: req.identify }).click()
  else await igor.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect(igor.getByText(req.identified)).toBeVisible()
  // The button that opened it is gone with what it was for; the keyboard goes on from the page, not from nowhere.
  await expect(opener).toHaveCount(0)
  await expect.poll(() => igor.evaluate(() => globalThis.document.activeElement?.tagName)).not.toBe('BODY')
  await expect(igor.getByText(req.identities.document)).toBeVisible()
  await igor.getByRole('button', { name: req.openWords }).click()
  await expect(igor.getByText(/^Представитель: Крылова Зинаида Павловна\. Документ: паспорт 45 11 000000/)).toBeVisible()
  await look(igor)
})

test('a dealer’s own system has not fetched the news of a destruction: Yulia finds it among the terms, tells them by letter and writes that down', async ({ as, request }) => {
  const client = somebody()
  const [timur, yakov, yulia, ulyana] = [await as('timur'), await as('yakov'), await as('yulia'), await as('ulyana')]
  const kama = await pollingDealer(timur, request)
  const { token } = await ask<{ token: string }>(yakov, 'post', '/integration-keys', { name: `Сайт ${kama.name}`, scopes: ['lead.intake'] })
  const asked = await request.post('/api/intake/leads', {
    data: {
      sourceCode: 'site',
      externalRef: randomUUID(),
      interest: 'new_car',
      networkOutletId: kama.networkOutletId,
      contact: { surname: client.surname, given: client.given, phones: [client.phone] },
    },
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() },
  })
  expect(asked.status(), await asked.text()).toBe(200)
  const { leadId, number } = (await asked.json()) as { leadId: string; number: number }
  await expect.poll(async () => (await kama.poll()).includes(number), { timeout: 30_000 }).toBe(true)
  const { personId } = await ask<{ personId: string }>(ulyana, 'get', `/leads/${leadId}`)

  await yulia.goto(paths.request.replace('$requestId', await filed(yulia, personId, 'destroy')))
  await yulia.getByRole('button', { name: req.identifyAs.document }).click()
  await expect(yulia.getByText(req.identified)).toBeVisible()
  await yulia.getByRole('button', { name: req.destroy }).click()
  const question = yulia.getByRole('dialog', { name: req.destroyTitle })
  await expect(question.getByText(end.recipients(1))).toBeVisible()
  await question.getByRole('button', { name: end.destroy }).click()
  await expect(yulia.getByRole('dialog', { name: end.act })).toContainText(personId)

  await yulia.goto(terms)
  const untold = yulia.getByRole('region', { name: end.untold }).getByRole('listitem').filter({ hasText: kama.name })
  await expect(untold).toContainText(end.lead(number))
  await look(yulia)
  await expectNoSideways(yulia)
  await untold.getByRole('button').press('Enter')
  const act = yulia.getByRole('dialog', { name: end.act })
  const recipient = act.getByRole('listitem').filter({ hasText: kama.name })
  await expect(recipient).toContainText(/ещё не уведомлён/)
  await recipient.scrollIntoViewIfNeeded()
  await look(yulia, 'recipients')
  await recipient.getByRole('button', { name: end.tell }).press('Enter')
  await expect(yulia.getByText(end.tellDone)).toBeVisible()
  await expect(recipient).toContainText(end.heard.by_hand)
  await expect(recipient.getByRole('button')).toHaveCount(0)
  await look(yulia, 'recipients-told')
  await yulia.goto(terms)
  await expect(yulia.getByRole('heading', { name: end.untold })).toBeVisible()
  await expect(yulia.getByRole('listitem').filter({ hasText: kama.name })).toHaveCount(0)
})
