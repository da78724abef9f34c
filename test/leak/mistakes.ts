/** What people do wrong: refusals are where values slip into words. */
import { allows, staffRoles, type Right } from '../../contract/permissions.ts'
import { allActions } from '../../server/app.ts'
import { schemaOf, type JsonSchema } from '../../server/kernel/index.ts'
import { openBrowser } from '../browser.ts'
import type { Canary } from '../canary.ts'
import { bearer } from '../installation.ts'
import { addressWith } from '../sample.ts'
import { draft } from './doors.ts'
import { browserOf, tried, type World } from './world.ts'

export async function askWrong(world: World, person: Canary): Promise<void> {
  const one = await world.net.at(world.net.zvezda, 'operator')
  const machine = await world.house.machine()
  const ask = (method: 'GET' | 'POST', address: string, body?: unknown, headers?: Record<string, string>) => tried(world, one, method, address, body, headers)
  await ask('POST', '/persons', { contact: { ...draft(person), phones: [person.text] }, ground: { activityCode: person.latin, basis: 'contract' } })
  await ask('POST', '/persons', { contact: draft(person), ground: { activityCode: person.surname, basis: person.latin }, [person.surname]: person.phone })
  await ask('POST', '/persons', `{"contact": {"surname": "${person.surname}", ${person.phone}`, { 'content-type': 'application/json' })
  await ask('POST', '/leads', { sourceId: person.surname, contact: draft(person) })
  await ask('GET', `/persons/${encodeURIComponent(person.surname)}?${person.latin}=${person.phone}`)
  await ask('GET', `/persons?cursor=${person.latin}`)
  for (const query of [person.surname, person.phone, person.phone.slice(-4), person.email, person.vin, person.plate]) await ask('POST', '/persons/search', { query })
  await ask('POST', '/persons/duplicates', { phones: [person.phone], emails: [person.email] })
  await tried(
    world,
    machine,
    'POST',
    '/intake/leads',
    { sourceCode: person.latin, externalRef: `wrong-${person.n}`, contact: draft(person) },
    { 'idempotency-key': `wrong-${person.n}` },
  )
  await ask('POST', '/sign-in', { email: person.email, password: person.latin })
  await ask('POST', '/nowhere', { contact: draft(person) })
  await tried(world, bearer(world.house.origin, person.latin.repeat(8)), 'GET', '/leads')
  await everywhere(world, person)
  await onPages(world, person)
}

/** Every act that writes, with somebody's words in each place of its body where text may stand. */
async function everywhere(world: World, person: Canary): Promise<void> {
  for (const { endpoint } of allActions.filter((each) => each.endpoint.method !== 'GET' && !each.endpoint.accepts)) {
    const properties = (schemaOf(endpoint.input, 'input').properties ?? {}) as Record<string, JsonSchema>
    // Whatever needs nothing cannot be asked wrongly: it would be done.
    if (Object.keys(properties).length === 0) continue
    // A wrong type everywhere: nothing is taken, whatever else it says.
    const body = Object.fromEntries(Object.keys(properties).map((name) => [name, { [person.surname]: [person.phone, person.text] }]))
    const address = addressWith(endpoint.path, () => person.latin)
    const role = staffRoles.find((each) => allows(each, endpoint.can as Right)) ?? 'head_of_sales'
    await tried(world, await world.net.at(world.net.zvezda, role), endpoint.method, address, { ...body, [person.latin]: person.text })
  }
}

async function onPages(world: World, person: Canary): Promise<void> {
  const { slugs } = world.net
  const browser = browserOf(world, person)
  for (const path of [
    `/site/${person.latin}`,
    `/site/${encodeURIComponent(person.surname)}/my`,
    `/site/${slugs.zvezda}/consents/${person.latin}`,
    `/site/${slugs.zvezda}/models/${person.phone}`,
  ])
    await browser.get(path)
  const strange = openBrowser(world.house.origin, {
    'user-agent': person.agent,
    cookie: `infotech_own=${person.latin.repeat(8)}; infotech=${person.latin}`,
    referer: `https://${person.latin}.example/`,
  })
  for (const path of ['/my', '/my/data', '/my/copy.json', '/request']) {
    await strange.get(`/site/${slugs.zvezda}${path}`)
    await strange.post(`/site/${slugs.zvezda}${path}`, { address: person.email, name: person.surname, [person.latin]: person.text })
  }
}
