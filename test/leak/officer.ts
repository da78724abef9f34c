/** The privacy officer's desk: requests of people by page, paper and phone, answers, corrections, refusals, destruction. */
import type { Canary } from '../canary.ts'
import type { Speaker } from '../installation.ts'
import { draft } from './doors.ts'
import { asSuperuser, tried, well, type World } from './world.ts'

type Filed = { id: string; personId: string }
type Card = { id: string; version: number; kind: string; state: string }
const today = (): string => new Date().toISOString().slice(0, 10)
const igorOf = ({ net }: World): Promise<Speaker> => net.at(net.zvezda, 'privacy_officer')

async function act<T = Card>(world: World, igor: Speaker, id: string, what: string, more: object = {}): Promise<T> {
  const { version } = await well<Card>(world, igor, 'GET', `/requests/${id}`)
  return well<T>(world, igor, 'POST', `/requests/${id}/${what}`, { version, ...more })
}

async function write(world: World, who: object, kind: string, channel: string, words: string): Promise<Filed> {
  return well<Filed>(world, await igorOf(world), 'POST', '/requests', { who, kind, channel, receivedOn: today(), words })
}

/** A paper of somebody who was never here, answered with everything that is held. */
export async function answerStranger(world: World, person: Canary): Promise<void> {
  const igor = await igorOf(world)
  const { id, personId } = await write(world, { contact: draft(person) }, 'access', 'paper', person.text)
  await act(world, igor, id, 'take')
  await act(world, igor, id, 'identify', { how: 'document', representative: { name: `${person.surname} ${person.given}`, document: person.text, powers: person.text } })
  await well(world, igor, 'POST', `/requests/${id}/words`, {})
  await act(world, igor, id, 'extend', { days: 2, reason: 'archive', notice: { by: 'email' } })
  await answer(world, igor, id, person)
  await well(world, igor, 'GET', `/persons/${personId}/looks`)
}

/** An answer with the words of colleagues in it, as paper and as data. */
async function answer(world: World, igor: Speaker, id: string, person: Canary): Promise<void> {
  const { staffTexts } = await well<{ staffTexts: { recordId: string }[] }>(world, igor, 'GET', `/requests/${id}/pack`)
  await act(world, igor, id, 'pack', { includeTexts: staffTexts.map(({ recordId }) => recordId) })
  for (const form of ['pdf', 'json']) await well(world, igor, 'GET', `/requests/${id}/answer?form=${form}`)
  await act(world, igor, id, 'answer', { words: person.text })
}

/** What somebody has filed on their own page is answered and read, refused, done; the demand to destroy last. */
export async function answerOwn(world: World, person: Canary, read: () => Promise<void>): Promise<void> {
  const igor = await igorOf(world)
  const { rows } = await well<{ rows: (Card & { channel: string; masked: { name: string } | null })[] }>(world, igor, 'GET', '/requests?limit=100')
  const own = rows.filter(({ channel }) => channel === 'portal')
  const of = (kind: string): string => own.find((each) => each.kind === kind)?.id ?? ''
  await answer(world, igor, of('access'), person)
  await read()
  await act(world, igor, of('rectify'), 'execute', { contact: { ...draft(person), address: `${person.address} кв. 3` } })
  await act(world, igor, of('auto_objection'), 'refuse', { reason: 'no_automated', words: `${person.text} ${person.surname}` })
  await act(world, igor, of('block'), 'restrict', { isRestricted: false })
  await act(world, igor, of('block'), 'restrict', { isRestricted: true })
  await act(world, igor, of('block'), 'execute')
  await act(world, igor, of('destroy'), 'destroy', { reason: 'consent_withdrawn' })
}

/** A ground is ended, the person destroyed before the night, and the papers of it printed. */
export async function destroyNow(world: World, personId: string): Promise<void> {
  const igor = await igorOf(world)
  const { grounds } = await well<{ grounds: { id: string; endedAt: string | null }[] }>(world, igor, 'GET', `/persons/${personId}`)
  for (const { id } of grounds.filter(({ endedAt }) => endedAt === null)) await well(world, igor, 'POST', `/persons/${personId}/grounds/${id}/end`, { reason: 'purpose_reached' })
  // Somebody outside the network had their data as well, as a policy sold beside a car leaves it.
  await asSuperuser(
    world,
    `insert into disclosures (tenant_id, id, person_id, recipient_name, basis, what, at) values ($1, gen_random_uuid(), $2, 'АО «Страховщик»', 'contract', '{contact}', now())`,
    [world.house.dealer.tenantId, personId],
  )
  await well(world, igor, 'GET', '/destructions/due')
  await well(world, igor, 'GET', `/persons/${personId}/destruction`)
  const { actId } = await well<{ actId: string }>(world, igor, 'POST', `/persons/${personId}/destroy`, {})
  await well(world, igor, 'GET', '/destructions')
  const { recipients } = await well<{ recipients: { id: string }[] }>(world, igor, 'GET', `/destructions/${actId}`)
  for (const { id } of recipients) await well(world, igor, 'POST', `/destructions/${actId}/recipients/${id}/told`, {})
  for (const form of ['act', 'journal']) await well(world, igor, 'GET', `/destructions/${actId}/pdf?form=${form}`)
}

/** Consents and refusals by phone and on paper, and whether one may write. */
export async function hearConsents(world: World, personId: string, person: Canary): Promise<void> {
  const anna = await world.net.at(world.net.zvezda, 'operator')
  for (const kind of ['advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call'])
    await well(world, anna, 'POST', `/persons/${personId}/consents`, { kind, state: 'given', how: 'staff_call' })
  await well(world, anna, 'POST', `/persons/${personId}/consents`, { kind: 'advertising_call', state: 'withdrawn', how: 'staff_paper' })
  await well(world, anna, 'GET', `/persons/${personId}/consents`)
  await well(world, anna, 'GET', `/persons/${personId}/contacting`)
  await well(world, anna, 'GET', `/persons/${personId}/may-contact?channel=email&messageKind=advertising`)
  await tried(world, anna, 'POST', `/persons/${personId}/consents`, { kind: person.latin, state: person.surname, how: person.text })
}
