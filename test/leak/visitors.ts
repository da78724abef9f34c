/** People on the sites: whoever asks for something there, and whoever looks at what is held about them. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { siteConsents } from '../../contract/site/request.ts'
import type { Browser, Page } from '../browser.ts'
import type { Canary } from '../canary.ts'
import { speaker } from '../installation.ts'
import { browserOf, letterTo, page, well, type World } from './world.ts'

type Company = 'veltara' | 'zvezda'
/** Whoever sends a form sooner is taken for a machine. */
const READING_MS = 2_100

/** Leaves a request with every box ticked; `place` is an outlet of the network. Answers the secret of the form. */
export async function askOnSite(world: World, person: Canary, company: Company, { place, readingMs = READING_MS }: { place?: string; readingMs?: number } = {}): Promise<string> {
  const browser = browserOf(world, person)
  const at = `/site/${world.net.slugs[company]}/request`
  await page(world, browser.get(`${at}?utm_campaign=${person.latin}&interest=test_drive`))
  await sleep(readingMs)
  const boxes = Object.fromEntries(siteConsents.map((kind) => [`consent_${kind}`, world.net.texts[company][kind] ?? '']))
  const sent = await page(
    world,
    browser.send(at, {
      interest: 'test_drive',
      name: `${person.surname} ${person.given} ${person.patronymic}`,
      phone: person.phoneTyped,
      email: person.email,
      wishes: person.text,
      policy: '1',
      ...(place ? { place: `place:${place}` } : {}),
      ...boxes,
    }),
    303,
  )
  await page(world, browser.get(sent.location))
  return sent.location.split('/').at(-1) ?? ''
}

/** What anybody may look at, a choice about cookies, and every form sent wrong. */
export async function walkTheSite(world: World, person: Canary): Promise<void> {
  const browser = browserOf(world, person)
  const at = `/site/${world.net.slugs.zvezda}`
  for (const path of [
    '',
    '/models',
    '/dealers',
    '/consents',
    `/consents/${world.net.texts.zvezda.request}`,
    `/consents/${world.net.texts.zvezda.request}/plain`,
    '/cookies',
    '/my',
  ])
    await page(world, browser.get(`${at}${path}`))
  for (const path of ['/policy', '/policy/versions', '/policy/1', '/policy/1/text']) await page(world, browser.get(`${at}${path}`))
  await page(world, browser.get(`${at}/cookies`))
  await page(world, browser.send(`${at}/cookies`, { choose: 'all' }), 303)
  await page(world, browser.get(`${at}?utm_campaign=${person.latin}`))
  await page(world, browser.get(`${at}/${encodeURIComponent(person.surname)}?${encodeURIComponent(person.given)}=${person.phone}`), 404)
  await page(world, browser.get(`${at}/request`))
  await page(
    world,
    browser.send(`${at}/request`, { name: person.surname, phone: person.text, email: person.latin, wishes: person.text, model: person.latin, place: `city:${person.surname}` }),
    422,
  )
  await page(world, browser.post(`${at}/request`, { name: person.surname, phone: person.phone, key: person.latin, token: person.latin }), 403)
  await page(world, browser.get(`${at}/my`))
  await page(world, browser.send(`${at}/my/code`, { address: person.text }), 422)
  await page(world, browser.get(`${at}/my/enter/${person.latin}`))
  await page(world, browser.send(`/my/enter/${person.latin}`), 422)
  await page(world, browser.get(`${at}/unsubscribe/${person.latin}`), 404)
}

/** An address that nobody here has: the answer is the one that everybody gets. */
export async function askForNobody(world: World, person: Canary): Promise<void> {
  const browser = browserOf(world, person)
  const at = `/site/${world.net.slugs.zvezda}/my`
  await page(world, browser.get(at))
  const sent = await page(world, browser.send(`${at}/code`, { address: `nobody.${person.email}` }), 303)
  await page(world, browser.get(sent.location))
  await page(world, browser.send(sent.location, { code: '000000' }), 422)
}

/** Six digits by themselves: a link has some in its token too. */
const codeForm = /(?<![\w-])\d{6}(?![\w-])/

/** Comes to their own page by the code of a letter or of a short message. */
export async function comeByCode(world: World, person: Canary, address: string): Promise<Browser> {
  const browser = browserOf(world, person)
  const at = `/site/${world.net.slugs.zvezda}/my`
  await page(world, browser.get(at))
  const sent = await page(world, browser.send(`${at}/code`, { address }), 303)
  await page(world, browser.get(sent.location))
  const { text } = await letterTo(world, address, codeForm)
  const [code] = codeForm.exec(text) ?? []
  await page(world, browser.send(sent.location, { code: code ?? '' }), 303)
  return inside(world, browser, at)
}

/** By the link in the letter that confirms a request. */
export async function comeByLink(world: World, person: Canary, company: Company): Promise<Browser> {
  const browser = browserOf(world, person)
  const { text } = await letterTo(world, person.email, /\/my\/enter\//)
  const [, path = '', token = ''] = /(\/site\/[\w-]+\/my\/enter\/([\w-]+))/.exec(text) ?? []
  assert.ok(path.startsWith(`/site/${world.net.slugs[company]}/`), text)
  world.tokens.add(token)
  await page(world, browser.get(path))
  await page(world, browser.send(path), 303)
  return inside(world, browser, `/site/${world.net.slugs[company]}/my`)
}

async function inside(world: World, browser: Browser, at: string): Promise<Browser> {
  const token = browser.cookies.get('infotech_own')
  assert.ok(token, 'the page is open')
  world.tokens.add(token)
  await page(world, browser.get(at))
  return browser
}

/** Everything that somebody can read of themself. */
export async function readAll(world: World, browser: Browser, person: Canary, company: Company = 'zvezda'): Promise<Page> {
  const at = `/site/${world.net.slugs[company]}/my`
  for (const path of ['/consents', '/recipients', '/looks', '/requests', '/copy', '/copy.json']) await page(world, browser.get(`${at}${path}`))
  const held = await page(world, browser.get(`${at}/data`))
  // As people write it, with spaces and hyphens.
  assert.ok(held.text.replace(/\D/g, '').includes(person.phone.slice(1)), 'who may see it sees it')
  return held
}

/** Corrects, demands and stops; `what` in words of their own. Answers the id of the person. */
export async function demandAll(world: World, browser: Browser, person: Canary): Promise<string> {
  const at = `/site/${world.net.slugs.zvezda}/my`
  const personId = await whoseIs(world, browser, 'zvezda')
  await page(world, browser.get(`${at}/correct/${personId}`))
  const contact = { surname: person.surname, given: person.given, patronymic: person.patronymic, phones: person.phone, emails: person.email, birthDate: person.birthDate }
  await page(world, browser.send(`/correct/${personId}`, { ...contact, phones: person.text, words: person.text }), 422)
  await page(world, browser.send(`/correct/${personId}`, { ...contact, address: person.address, words: person.text }), 303)
  await withdraw(world, browser, 'zvezda', personId, 'advertising_sms')
  for (const kind of ['access', 'auto_objection', 'block', 'stop', 'destroy']) {
    await page(world, browser.get(`${at}/demand/${personId}/${kind}`))
    await page(world, browser.send(`/demand/${personId}/${kind}`, { words: person.text }), 303)
  }
  await page(world, browser.get(`${at}/stop-marketing/${personId}`))
  await page(world, browser.send(`/stop-marketing/${personId}`), 303)
  await page(world, browser.get(`${at}/requests`))
  return personId
}

export async function withdraw(world: World, browser: Browser, company: Company, personId: string, kind: string): Promise<void> {
  await page(world, browser.get(`/site/${world.net.slugs[company]}/my/consents/${personId}/${kind}/withdraw`))
  await page(world, browser.send(`/${kind}/withdraw`), 303)
}

/** Whose page it is, by the first link on it. */
export async function whoseIs(world: World, browser: Browser, company: Company): Promise<string> {
  const { text } = await page(world, browser.get(`/site/${world.net.slugs[company]}/my`))
  return /\/my\/stop-marketing\/([0-9a-f-]{36})/.exec(text)?.[1] ?? ''
}

/** The same page as data, and the answers that the officer has put there. */
export async function readAsData(world: World, browser: Browser, personId: string): Promise<void> {
  const vera = speaker(world.house.origin, { cookie: `infotech_own=${browser.cookies.get('infotech_own')}` })
  for (const path of ['', '/data', '/consents', '/recipients', '/copy', `/persons/${personId}/looks`]) await well(world, { employeeId: '', ask: vera }, 'GET', `/own${path}`)
  const { rows } = await well<{ rows: { id: string; hasAnswer: boolean }[] }>(world, { employeeId: '', ask: vera }, 'GET', '/own/requests')
  const answered = rows.find(({ hasAnswer }) => hasAnswer)
  for (const form of ['pdf', 'json']) {
    await well(world, { employeeId: '', ask: vera }, 'GET', `/own/requests/${answered?.id}/answer?form=${form}`)
    await page(world, browser.get(`/site/${world.net.slugs.zvezda}/my/requests/${answered?.id}/answer.${form}`))
  }
}

export async function leave(world: World, browser: Browser): Promise<void> {
  const at = `/site/${world.net.slugs.zvezda}/my`
  await page(world, browser.get(at))
  await page(world, browser.send(`${at}/leave`), 303)
  await page(world, browser.get(`${at}/data`), 303)
}
