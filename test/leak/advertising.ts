/** Templates, mailings and the letters that really leave; the link by which somebody says no. */
import assert from 'node:assert/strict'
import type { Canary } from '../canary.ts'
import { openBrowser } from '../browser.ts'
import { browserOf, letterTo, page, until, well, type World } from './world.ts'

type Mailing = { id: string; version: number; state: string }

async function template(world: World, draft: Record<string, string>): Promise<string> {
  const zhanna = await world.net.at(world.net.zvezda, 'marketer')
  const body = 'Здравствуйте, {name}! Приглашаем посмотреть новые автомобили. {company}, {address}'
  const made = await well<{ id: string }>(world, zhanna, 'POST', '/mail-templates', { kind: 'advertising', name: 'Весна', subject: 'Здравствуйте, {name}', body, ...draft })
  return made.id
}

/** A mailing to everybody who agreed, by e-mail and by phone; ends when all is sent. */
export async function mailEverybody(world: World): Promise<void> {
  const zhanna = await world.net.at(world.net.zvezda, 'marketer')
  const byMail = await template(world, { code: 'spring', channel: 'email' })
  const byPhone = await template(world, { code: 'spring_sms', channel: 'sms', subject: '' })
  for (const channel of ['email', 'sms']) await well(world, zhanna, 'GET', `/mailing-audience?channel=${channel}`)
  await well(world, zhanna, 'GET', '/mailing-audience/people?channel=email&because=data_consent_absent')
  for (const templateId of [byMail, byPhone]) {
    const { id, version } = await well<Mailing>(world, zhanna, 'POST', '/mailings', { name: 'Весна', templateId })
    if (templateId === byMail) await well(world, zhanna, 'POST', `/mailings/${id}/test`, {})
    const begun = await well<Mailing>(world, zhanna, 'POST', `/mailings/${id}/start`, { version })
    const paused = await well<Mailing>(world, zhanna, 'POST', `/mailings/${id}/pause`, { version: begun.version })
    await well(world, zhanna, 'POST', `/mailings/${id}/start`, { version: paused.version })
    const { counts } = await until(
      'the end of the mailing',
      () => well<{ mailing: Mailing; counts: { state: string; messages: number }[] }>(world, zhanna, 'GET', `/mailings/${id}`),
      ({ mailing }) => mailing.state === 'done',
    )
    assert.ok((counts.find(({ state }) => state === 'sent')?.messages ?? 0) > 0, `nobody was written to: ${JSON.stringify(counts)}`)
    for (const state of ['sent', 'refused', 'cancelled']) await well(world, zhanna, 'GET', `/mailings/${id}/messages?state=${state}`)
  }
  const { id, version } = await well<Mailing>(world, zhanna, 'POST', '/mailings', { name: 'Лето', templateId: byMail })
  await well(world, zhanna, 'POST', `/mailings/${id}/cancel`, { version })
}

/** A letter about their own business, written by hand. */
export async function writeTo(world: World, personId: string): Promise<void> {
  const anna = await world.net.at(world.net.zvezda, 'operator')
  const templateId = await template(world, { code: 'ready', kind: 'service', channel: 'email', body: '{name}, документы готовы. {company}, {address}' })
  await well(world, anna, 'GET', '/service-templates')
  await well(world, anna, 'POST', `/persons/${personId}/messages`, { templateId })
}

/** One person says no by the page, another by one click of a mail program. Answers the token of a link. */
export async function sayNo(world: World, reader: Canary, clicker: Canary): Promise<string> {
  const [{ unsubscribe: read }, { unsubscribe: clicked }] = [await letterTo(world, reader.email, /Это реклама/), await letterTo(world, clicker.email, /Это реклама/)]
  assert.ok(read && clicked)
  for (const path of [read, clicked]) world.tokens.add(path.split('/').at(-1) ?? '')
  const browser = browserOf(world, reader)
  await page(world, browser.get(read))
  await page(world, browser.post(read, { scope: 'all_channels' }), 303)
  await page(world, openBrowser(world.house.origin, { 'user-agent': clicker.agent, 'x-forwarded-for': clicker.ip }).post(clicked, { 'List-Unsubscribe': 'One-Click' }))
  return read.split('/').at(-1) ?? ''
}
