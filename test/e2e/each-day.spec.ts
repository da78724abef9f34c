/** What each role does most often that no longer story follows. */
import { castMember, demoPassword } from '../../server/demo/cast.ts'
import { ask, choose, expect, paths, test, words, type Page } from './cast.ts'
import { byJson, inTheHandsOf, somebody } from './doors.ts'
import { look } from './look.ts'

const [crm, card, dnm, mail, intake, say] = [words.leads, words.people, words.dnm, words.mailing, words.intake, words.consent]
const rowOf = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text })

test('Dmitry takes a service lead, calls and plans when the car comes', async ({ as, siteKey, request }) => {
  const client = somebody()
  const dmitry = await as('dmitry')
  await dmitry.goto(paths.leads)
  await expect(dmitry.getByRole('row').first()).toBeAttached()
  await byJson({ as, siteKey, request }, { ...client, interest: 'service', comment: 'Плановое обслуживание, стук справа' })
  const row = rowOf(dmitry, client.surname)
  await row.getByRole('button', { name: crm.takeIt }).click()
  await expect(dmitry.getByText(crm.taken)).toBeVisible()
  await row.getByText(client.surname).click()
  const drawer = dmitry.getByRole('dialog')
  await drawer.getByRole('button', { name: crm.commentOpen }).click()
  await expect(drawer.getByText('стук справа')).toBeVisible()
  await drawer.getByRole('button', { name: crm.openCard }).click()
  await expect(dmitry.getByRole('heading', { level: 1 })).toContainText(client.surname)
  await dmitry.getByRole('button', { name: card.log }).first().click()
  await dmitry.getByRole('radio', { name: card.results.talked }).click()
  await dmitry.getByRole('dialog').getByRole('button', { name: words.ui.save }).click()
  await expect(dmitry.getByText(card.loggedFirst)).toBeVisible()
  const steps = dmitry.getByRole('region', { name: card.nextSteps })
  await choose(dmitry, card.plan, card.taskKinds.meet)
  await steps.getByRole('button', { name: card.plan, exact: true }).click()
  await expect(dmitry.getByText(card.planned)).toBeVisible()
  await expect(steps).toContainText(card.taskKinds.meet)
  await look(dmitry)
  await dmitry.goto(`${paths.myDay}?view=open`)
  await expect(dmitry.getByText(client.surname).first()).toBeVisible()
})

test('Viktor puts a working list into Elena’s hands; she opens its client for a purpose, notes what a bank needs and sees her own look in the log', async ({
  as,
  siteKey,
  request,
}) => {
  const client = somebody()
  const [elena, viktor] = [await as('elena'), await as('viktor')]
  const leadId = await inTheHandsOf({ as, siteKey, request }, viktor, { ...client, interest: 'credit' })
  const { version } = await ask<{ version: number }>(viktor, 'get', `/leads/${leadId}`)
  const deal = await ask<{ id: string }>(viktor, 'post', '/deals', { leadId, leadVersion: version })
  await elena.goto(paths.deals)
  await expect(elena.getByRole('button', { name: new RegExp(client.surname) })).toHaveCount(0)
  await viktor.goto(paths.deal.replace('$dealId', deal.id))
  await viktor.getByRole('button', { name: words.deals.toSpecialist }).click()
  await choose(viktor, words.deals.specialist, castMember('elena').surname)
  await viktor.getByRole('dialog').getByRole('button', { name: words.ui.save }).click()
  await expect(viktor.getByText(words.deals.specialistHas)).toBeVisible()
  await elena.getByRole('button', { name: new RegExp(client.surname) }).click()
  await elena
    .getByRole('dialog')
    .getByRole('link', { name: new RegExp(client.surname) })
    .click()
  await expect(elena.getByRole('heading', { level: 1 })).toContainText(client.surname)
  await elena.getByRole('button', { name: card.reveal, exact: true }).click()
  await elena.getByRole('group', { name: card.revealWhy }).getByRole('button', { name: card.purposes.request_handling }).click()
  const digits = client.phone.replaceAll(/\D/g, '').slice(1)
  await expect(elena.getByRole('region', { name: card.facts })).toContainText(new RegExp(digits.split('').join('\\D*')))
  await elena.getByRole('button', { name: card.log }).first().click()
  const dialog = elena.getByRole('dialog')
  await choose(elena, card.kind, card.kinds.note)
  await dialog.getByLabel(card.said).fill('Первый взнос 30 %, справка о доходах в четверг')
  await dialog.getByRole('button', { name: words.ui.save }).click()
  await expect(dialog).toBeHidden()
  await expect(elena.getByText(card.kinds.note, { exact: true }).first()).toBeVisible()
  await look(elena)
  await elena.goto(paths.myLog)
  await expect(async () => {
    await elena.reload()
    await expect(elena.getByText(words.people.purposes.request_handling).first()).toBeVisible({ timeout: 2_000 })
  }).toPass()
})

test('Zhanna looks at her sources, tries a file row by row and sees whom a mailing may reach and why not the others', async ({ as }) => {
  const zhanna = await as('zhanna')
  await zhanna.goto(paths.sources)
  await expect(rowOf(zhanna, words.leads.channels.site).first()).toBeVisible()

  const [good, other] = [somebody(), somebody()]
  await zhanna.goto(paths.leadFiles)
  await zhanna.getByRole('button', { name: intake.upload }).first().click()
  const upload = zhanna.getByRole('dialog')
  const csv = ['ФИО;Телефон', `${good.surname} ${good.given};${good.phone}`, `${other.surname} ${other.given};12`].join('\n')
  await upload.locator('input[type=file]').setInputFiles({ name: 'форум.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await choose(zhanna, intake.basis, intake.bases.contract)
  await upload.getByLabel(intake.attest).check()
  await upload.getByRole('button', { name: intake.upload, exact: true }).click()
  await zhanna.getByRole('button', { name: intake.check, exact: true }).click()
  await expect(zhanna.getByRole('button', { name: intake.import(1) })).toBeVisible()
  await look(zhanna)

  await zhanna.goto(paths.mailings)
  await zhanna.getByRole('button', { name: mail.create }).first().click()
  const dialog = zhanna.getByRole('dialog', { name: mail.create })
  const absent = dialog.getByRole('button', { name: new RegExp(`^${say.because.data_consent_absent}: `) })
  await expect(absent).toBeVisible()
  await look(zhanna, 'mailing-audience')
  await absent.click()
  const people = zhanna.getByRole('dialog', { name: say.because.data_consent_absent })
  await expect(people.getByRole('row').nth(1)).toBeVisible()
  await look(zhanna)
})

test('Timur opens what burns by number, and decides a dispute with its evidence before him', async ({ as }) => {
  const timur = await as('timur')
  await timur.goto(paths.network)
  const burning = timur.getByRole('link', { name: new RegExp(`^${dnm.total}, ${dnm.burning}: `) })
  const count = Number(await burning.textContent())
  expect(count).toBeGreaterThan(0)
  await burning.click()
  await expect(timur.getByRole('heading', { level: 1, name: dnm.leads })).toBeVisible()
  await expect(timur.getByText(words.ui.shownRows(count))).toBeVisible()
  await look(timur)

  await timur.goto(paths.disputes)
  const row = timur.getByRole('row').filter({ hasText: dnm.disputeNow.open }).first()
  await row.click()
  const dialog = timur.getByRole('dialog')
  await expect(dialog).toContainText(dnm.evidence)
  await look(timur, 'dispute')
  await dialog.getByRole('button', { name: dnm.decide }).click()
  await expect(timur.getByText(dnm.decided)).toBeVisible()
})

test('Ulyana gives a late request to another outlet, and its history says that she did', async ({ as }) => {
  const ulyana = await as('ulyana')
  await ulyana.goto(`${paths.networkLeads}?view=burning`)
  await expect(ulyana.getByRole('timer').first()).toBeVisible()
  await ulyana.getByRole('row').filter({ hasText: '№' }).first().click()
  const drawer = ulyana.getByRole('dialog', { name: dnm.lead })
  await drawer.getByRole('button', { name: dnm.assign }).click()
  const dialog = ulyana.getByRole('dialog', { name: dnm.assign })
  await dialog.getByRole('radio').first().check()
  await look(ulyana, 'network-assign')
  await dialog.getByRole('button', { name: dnm.assign }).click()
  await expect(ulyana.getByText(dnm.assigned)).toBeVisible()
  await expect(drawer).toContainText(dnm.because.by_hand)
  await expect(drawer).toContainText('Корнилова')
})

test('Fyodor compares dealers over ninety days, and a number opens its requests', async ({ as }) => {
  const fyodor = await as('fyodor')
  await fyodor.goto(paths.network)
  await fyodor.getByRole('radiogroup', { name: dnm.figures }).getByText(dnm.days(90)).click()
  const all = fyodor.getByRole('link', { name: new RegExp(`^${dnm.total}, ${dnm.count}: `) })
  const few = Number((await all.textContent())?.replaceAll(/\D/g, ''))
  expect(few).toBeGreaterThan(0)
  await all.click()
  await expect(fyodor.getByRole('heading', { level: 1, name: dnm.leads })).toBeVisible()
  await expect(fyodor.getByRole('row').nth(1)).toBeVisible()
  await expect(fyodor.locator('main')).not.toContainText('+7')
})

test('Eduard sees that the installation is well, asks again, and sees nobody', async ({ as }) => {
  const eduard = await as('eduard')
  await eduard.goto('/')
  await eduard.goto(paths.health)
  await eduard.getByRole('button', { name: words.platform.refresh }).click()
  await expect(eduard.getByRole('region', { name: words.platform.database })).toBeVisible()
  await expect(eduard.getByRole('link', { name: words.people.clients })).toHaveCount(0)
  await look(eduard)
})

test('Olga answers for two dealers: the requests of the one are not those of the other', async ({ as }) => {
  // Her session changes with the company, so it is one of her own.
  const olga = await as(null)
  await olga.request.post('/api/sign-in', { data: { email: castMember('olga').email, password: demoPassword }, headers: { 'x-requested-with': 'infotech' } })
  const place = olga.getByRole('button', { name: `${words.shell.company}, ${words.shell.outlet}` }).or(olga.getByRole('button', { name: /^ООО/ }))
  const told: string[] = []
  for (const company of ['ООО «Залив Авто»', 'ООО «Урал-Мотор»']) {
    await olga.goto(paths.requests)
    await place.click()
    await olga.getByRole('menuitem', { name: company }).click()
    await expect(place).toContainText(company)
    await olga.goto(paths.destruction)
    await expect(olga.getByRole('row').nth(1)).toBeVisible()
    told.push((await olga.getByRole('row').nth(1).textContent()) ?? '')
  }
  expect(told[0]).not.toBe(told[1])
  await look(olga)
})
