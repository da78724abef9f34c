/** The whole life of one lead, as everyone through whose hands it goes sees it. Each chapter begins where the one before has ended. */
import { readFileSync } from 'node:fs'
import { portal as p } from '../../i18n/ru/portal.ts'
import { portalLetters } from '../../i18n/ru/portal-letters.ts'
import { siteLetters } from '../../i18n/ru/site-letters.ts'
import { unsubscribeWords as u } from '../../i18n/ru/unsubscribe.ts'
import { errors } from '../../contract/errors.ts'
import { pdfText } from '../pdf-text.ts'
import { expect, isMarked, mark, paths, test, words, type Page, scrollToRow } from './cast.ts'
import { expectLogIntact, search, writingsOf } from './everywhere.ts'
import { look } from './look.ts'
import { publishTemplate, sendMailing } from './mailing-acts.ts'
import { leaveRequest } from './site-acts.ts'
import { letterTo, linkIn, newVera } from './vera.ts'

test.describe.configure({ mode: 'serial' })
const vera = newVera()
const home = '/site/veltara'
/** The number by which both companies speak of her request. */
let number = 0
/** Our own client at the distributor. */
let personId = ''

const [crm, card, dnm, say, req, end] = [words.leads, words.people, words.dnm, words.consent, words.requests, words.destruction]
const rowOf = (page: Page, text: string | RegExp) => page.getByRole('row').filter({ hasText: text })
const numbered = (): RegExp => new RegExp(`№\\s${number}(?!\\d)`)
const confirmation = (): string => siteLetters.request.subject({ company: '', number }).replace(/: $/, '')

/** A PDF that a button saves, as its reader would copy it. */
async function savedBy(page: Page, button: string): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
  return pdfText(readFileSync(await file.path()))
}

test('Vera says no to cookies on the distributor’s site, reads a consent and asks for a test drive; it is in the dealer’s tray by itself', async ({ as }) => {
  const anna = await as('anna')
  await anna.goto(paths.leads)
  await expect(anna.getByRole('row').first()).toBeAttached()
  await mark(anna)
  const page = await as(null, { refusals: [422] })
  number = await leaveRequest(page, vera, 'Звезда Юг')
  vera.browser = await page.context().storageState()

  await expect(rowOf(anna, vera.surname)).toBeVisible()
  await expect(rowOf(anna, vera.surname).getByRole('timer')).toHaveCount(2)
  expect(await isMarked(anna)).toBe(true)
})

test('a letter confirms it; Ulyana sees it by number with its clocks, at which dealer and why', async ({ as }) => {
  const page = await as(null)
  const letter = await letterTo(page, vera.email, confirmation())
  await page.goto(paths.mailbox)
  await page.getByRole('button', { name: letter.subject }).first().click()
  await expect(page.getByRole('link', { name: /\/my\/enter\// })).toBeVisible()
  await look(page)

  const ulyana = await as('ulyana')
  await ulyana.goto(paths.networkLeads)
  const row = rowOf(ulyana, numbered())
  await expect(row.getByRole('timer')).toHaveCount(2)
  await look(ulyana, 'lead-desk')
  await row.click()
  const drawer = ulyana.getByRole('dialog', { name: dnm.lead })
  await expect(drawer.getByText(dnm.because.wished_outlet('Звезда Юг')).first()).toBeVisible()
  await expect(drawer.getByText(`${dnm.bases.consent}, ${dnm.deliveries.crm}`)).toBeVisible()
  await look(ulyana, 'network-lead')
  await drawer.getByRole('link', { name: dnm.openPerson }).click()
  await expect(ulyana.getByRole('heading', { level: 1 })).toContainText(vera.surname)
  personId = new URL(ulyana.url()).pathname.split('/').at(-1) ?? ''
  const email = ulyana.getByRole('button', { name: say.glyph(say.channels.email, say.messageKinds.advertising, say.may, say.because.consents) })
  await expect(email).toBeVisible()
})

test('Anna at the dealer takes it, calls and writes the call down; Timur sees its state and times by number and nobody’s data', async ({ as, isPhone }) => {
  const anna = await as('anna')
  await anna.goto(paths.leads)
  const row = rowOf(anna, vera.surname)
  await row.getByRole('button', { name: crm.takeIt }).click()
  await expect(anna.getByText(crm.taken)).toBeVisible()
  await row.getByText(vera.surname).click()
  const drawer = anna.getByRole('dialog')
  await expect(drawer.getByText(numbered()).first()).toBeVisible()
  await look(anna, 'lead-of-network')
  await drawer.getByRole('button', { name: crm.openCard }).click()
  await expect(anna.getByRole('heading', { level: 1 })).toContainText(vera.surname)
  if (isPhone) await anna.getByRole('button', { name: card.log }).first().click()
  else await anna.keyboard.press('l')
  await anna.getByRole('radio', { name: card.results.talked }).click()
  await anna.getByRole('dialog').getByRole('button', { name: words.ui.save }).click()
  await expect(anna.getByText(card.loggedFirst)).toBeVisible()

  const timur = await as('timur')
  await timur.goto(paths.networkLeads)
  await expect(rowOf(timur, numbered())).toContainText(dnm.states.contacted)
  for (const path of [paths.networkLeads, paths.network]) {
    await timur.goto(path)
    await look(timur)
    await expect(timur.locator('body')).not.toContainText(vera.surname)
    await expect(timur.locator('body')).not.toContainText(vera.phone.slice(-5))
  }
})

test('Polina sends a mailing: how many may be written to and why not the others; Vera’s letter can be refused, and she does', async ({ as }) => {
  const polina = await as('polina')
  const subject = `Зимние шины для вашей машины, ${number}`
  const name = `Шины ${number}`
  await publishTemplate(polina, { name, code: `tyres_${number}`, subject, body: 'Здравствуйте, {name}! Со скидкой до конца месяца.' })
  await sendMailing(polina, name, vera.surname)

  const page = await as(null, { browser: vera.browser })
  const letter = await letterTo(page, vera.email, subject)
  expect(Object.fromEntries(letter.headers.map(({ name, value }) => [name.toLowerCase(), value]))['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  expect(letter.unsubscribe).toContain('/unsubscribe/')
  await page.goto(paths.mailbox)
  await page.getByRole('button', { name: subject }).first().click()
  await look(page, 'advertising-letter')
  await page
    .getByRole('link', { name: /\/unsubscribe\// })
    .last()
    .click()
  await look(page, 'unsubscribe')
  await page.getByRole('button', { name: u.stop, exact: true }).click()
  await expect(page.getByRole('status')).toContainText(u.stopped(u.channels.email))
  await look(page)

  const ulyana = await as('ulyana')
  await ulyana.goto(paths.person.replace('$personId', personId))
  await ulyana.getByRole('button', { name: card.reveal, exact: true }).click()
  await ulyana.getByRole('group', { name: card.revealWhy }).getByRole('button', { name: card.purposes.request_handling }).click()
  await expect(ulyana.getByRole('region', { name: card.facts })).toContainText(vera.email)
  const refused = say.glyph(say.channels.email, say.messageKinds.advertising, say.mayNot, say.because.objection)
  await ulyana.getByRole('button', { name: refused }).scrollIntoViewIfNeeded()
  await expect(ulyana.getByRole('button', { name: refused })).toBeVisible()
  await look(ulyana, 'card-refused')
})

test('Vera opens her page by the letter’s link: what is held, who received it, who looked; she asks for the whole answer', async ({ as }) => {
  const page = await as(null, { browser: vera.browser })
  await page.goto(linkIn(await letterTo(page, vera.email, confirmation()), '/my/enter/'))
  await look(page)
  await page.getByRole('button', { name: p.link.open }).click()
  await expect(page.getByRole('heading', { level: 2, name: vera.surname })).toBeVisible()
  await look(page, 'my-data')
  for (const [section, holds, picture] of [
    [p.sections.data, vera.email, 'my-held'],
    [p.sections.consents, p.consents.withdraw, 'my-consents'],
    [p.sections.recipients, 'Звезда Авто', 'my-recipients'],
    [p.sections.looks, 'Специалист отдела лидов', 'my-looks'],
    [p.sections.copy, p.copy.text],
  ] as const) {
    await page.getByRole('main').getByRole('link', { name: section.title, exact: true }).click()
    await expect(async () => {
      await page.reload()
      await expect(page.getByRole('main')).toContainText(holds, { timeout: 1_000 })
    }).toPass()
    await expect(page.getByRole('main')).not.toContainText('Корнилова')
    await look(page, picture)
    await page.getByRole('link', { name: p.back }).click()
  }
  await page.getByRole('link', { name: p.demands.access.link }).click()
  await page.getByRole('button', { name: p.demands.access.button }).click()
  await expect(page.getByRole('status')).toContainText('принято')
  await page.goto(`${home}/my`)
  await page.getByRole('button', { name: p.leave }).click()
  await expect(page.getByRole('status')).toContainText(p.ask.left)
})

test('Yulia gathers the answer by the points of the law; Vera, back by a code, keeps it, takes her consent back and demands destruction', async ({ as }) => {
  const yulia = await as('yulia')
  await yulia.goto(paths.requests)
  await look(yulia)
  await rowOf(yulia, vera.surname).filter({ hasText: req.kinds.access }).click()
  await yulia.getByRole('button', { name: req.take }).click()
  await expect(yulia.getByText(req.taken)).toBeVisible()
  await yulia.getByRole('button', { name: req.pack }).click()
  await look(yulia, 'answer-pack')
  await yulia.getByRole('dialog').getByRole('button', { name: req.make }).click()
  const ofOfficer = await savedBy(yulia, req.downloadPdf)
  expect(ofOfficer).toContain(vera.surname)
  await yulia.getByRole('button', { name: req.answer }).click()
  await yulia.getByRole('dialog', { name: req.answerTitle }).getByRole('button', { name: req.answer }).click()
  await expect(yulia.getByText(req.answered, { exact: true })).toBeVisible()
  await look(yulia)

  const page = await as(null, { browser: vera.browser })
  await page.goto(`${home}/my`)
  await look(page, 'my-entrance')
  await page.getByLabel(p.ask.address).fill(vera.email)
  await page.getByRole('button', { name: p.ask.send }).click()
  await expect(page.getByRole('heading', { level: 1, name: p.code.title })).toBeVisible()
  await look(page)
  const { text } = await letterTo(page, vera.email, portalLetters.code.subject(''))
  await page.getByLabel(p.code.field).fill(/\b\d{6}\b/.exec(text)?.[0] ?? '')
  await page.getByRole('button', { name: p.code.enter }).click()
  await page.getByRole('link', { name: p.sections.requests.title, exact: true }).click()
  await expect(page.getByText(p.requests.states.answered)).toBeVisible()
  await look(page, 'my-requests')
  const [answer] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: p.requests.pdf }).click()])
  expect(pdfText(readFileSync(await answer.path()))).toBe(ofOfficer)

  await page.goto(`${home}/my/consents`)
  await page.getByRole('listitem').filter({ hasText: say.kinds.request }).getByRole('link', { name: p.consents.withdraw }).click()
  await look(page, 'my-withdraw')
  await page.getByRole('button', { name: p.consents.withdraw }).click()
  await expect(page.getByRole('status')).toContainText(p.consents.done)
  await page.getByRole('link', { name: p.back }).click()
  await page.getByRole('link', { name: p.demands.destroy.link }).click()
  await look(page, 'my-destroy')
  await page.getByRole('button', { name: p.demands.destroy.button }).click()
  await expect(page.getByRole('status')).toContainText('принято')
  vera.browser = await page.context().storageState()
})

test('Igor at the dealer is told by number; Yulia stops everything at once and destroys with an act, and Vera is told so', async ({ as }) => {
  const igor = await as('igor')
  await igor.goto(paths.received)
  const notices = igor.getByRole('region', { name: dnm.notices })
  const withdrawn = notices.getByRole('listitem').filter({ hasText: numbered() }).filter({ hasText: dnm.notice.withdrawn })
  await expect(withdrawn).toBeVisible()
  await look(igor, 'received')
  await withdrawn.getByRole('button', { name: dnm.seen }).click()
  await expect(withdrawn.getByRole('button', { name: dnm.seen })).toHaveCount(0)

  const yulia = await as('yulia')
  await yulia.goto(paths.requests)
  await rowOf(yulia, vera.surname).filter({ hasText: req.kinds.destroy }).click()
  await yulia.getByRole('button', { name: req.take }).click()
  await expect(yulia.getByRole('button', { name: req.take })).toHaveCount(0)
  await yulia.getByRole('button', { name: req.restrict }).click()
  await expect(yulia.getByText(req.restricted, { exact: true }).first()).toBeVisible()
  await look(yulia, 'request')
  const ulyana = await as('ulyana', { refusals: [404] })
  await ulyana.goto(paths.person.replace('$personId', personId))
  await expect(ulyana.getByRole('heading', { level: 1, name: card.hidden })).toBeVisible()

  await yulia.getByRole('button', { name: req.destroy }).click()
  const question = yulia.getByRole('dialog', { name: req.destroyTitle })
  await expect(question.getByText(end.recipients(1))).toBeVisible()
  await look(yulia, 'destroy')
  await question.getByRole('button', { name: end.destroy }).click()
  await expect(yulia.getByRole('dialog', { name: end.act })).toContainText(personId)
  await look(yulia, 'destruction-act')
  for (const button of [end.downloadAct, end.downloadJournal]) {
    const paper = await savedBy(yulia, button)
    expect(paper.replaceAll(/\s/g, '')).toContain(personId)
    expect(paper).not.toContain(vera.surname)
  }
  await expect(ulyana.getByText(errors.not_found.ru)).toBeVisible()

  const page = await as(null, { browser: vera.browser })
  const { text } = await letterTo(page, vera.email, 'Запрос №')
  expect(text).toContain('уничтожены')
  await page.goto(`${home}/my`)
  await expect(page.getByRole('status')).toContainText(p.gone.title)
  await look(page, 'my-gone')
})

test('Igor destroys the dealer’s copy, which nothing holds any more; there Anna finds nobody', async ({ as }) => {
  const igor = await as('igor')
  await igor.goto(paths.destruction)
  // The nearest first: on a phone she may stand below what is on the screen.
  await scrollToRow(igor, vera.surname)
  await expect(rowOf(igor, vera.surname)).toContainText(end.over)
  await look(igor)
  await rowOf(igor, vera.surname).click()
  await igor.getByRole('dialog', { name: end.destroyTitle }).getByRole('button', { name: end.destroy }).click()
  const act = igor.getByRole('dialog', { name: end.act })
  await expect(act).toContainText(end.reasons.consent_withdrawn)
  expect(await savedBy(igor, end.downloadAct)).not.toContain(vera.surname)

  const anna = await as('anna')
  await anna.goto(paths.people)
  for (const known of [vera.phone, vera.email, vera.surname]) {
    await anna.getByRole('button', { name: words.shell.search }).click()
    await anna.getByRole('combobox', { name: words.ui.palette }).fill(known)
    await expect(anna.getByText(words.ui.nothingFound)).toBeVisible()
    await anna.keyboard.press('Escape')
  }
})

test('the log is as it was sealed, and in both databases, all files and everything the processes said there is no word of Vera', async () => {
  test.setTimeout(300_000)
  await expectLogIntact()
  const { places, letters, rows, files } = await search(writingsOf(vera))
  expect(rows).toBeGreaterThan(10_000)
  expect(files).toBeGreaterThan(500)
  expect(letters).toBeGreaterThan(3)
  expect(places).toEqual([])
})
