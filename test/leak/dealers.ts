/** Requests of the distributor's site on their way to dealers: into a tray, to a system that asks, to a system that is sent to. */
import assert from 'node:assert/strict'
import type { Canary } from '../canary.ts'
import { tried, until, well, type World } from './world.ts'

type Lead = { id: string; number: number; version: number; state: string; outletId: string | null; dealer: string | null }
type Stage = { id: number; stage_type_id: number }
type Request = { id: number; last_name: string; phones: { number: string }[]; stages: Stage[] }

/** The dealer's system asks for its requests, answers the stages and tells what its people said. */
export async function poll(world: World, people: readonly Canary[]): Promise<void> {
  const { polling } = world.net
  const theirs = people.filter((_, at) => at % 3 === 1)
  const asked = await until(
    'people for the dealer’s system',
    () => well<Request[]>(world, polling, 'GET', '/lms/request'),
    (each) => each.length >= theirs.length,
  )
  for (const { surname } of theirs)
    assert.ok(
      asked.some(({ last_name }) => last_name === surname),
      `${surname} is told to the dealer’s system`,
    )
  for (const [at, { id, stages }] of asked.entries()) {
    const stage = (type: number): number => stages.find(({ stage_type_id }) => stage_type_id === type)?.id ?? 0
    const comment = people[at % people.length]?.text
    await well(world, polling, 'POST', `/lms/request/${id}/stage`, { stage_id: stage(1), result_id: 1, comment })
    if (at % 2 === 0) await well(world, polling, 'POST', `/lms/request/${id}/stage`, { stage_id: stage(3), result_id: 4, comment })
  }
  await well(world, polling, 'GET', '/lms/notice')
  for (const status of [2, 3]) await well(world, polling, 'GET', `/lms/request?status=${status}`)
  await tried(world, polling, 'POST', `/lms/request/${people[0]?.phone}/stage`, { stage_id: people[0]?.surname, result_id: people[0]?.text })
}

/** The other system has been sent people and tells what became of them, in words that we do not keep. */
export async function feedBack(world: World, people: readonly Canary[]): Promise<void> {
  const { net, receiver } = world
  const theirs = people.filter((_, at) => at % 3 === 2)
  const got = await until(
    'people sent to the dealer’s system',
    async () => receiver.got.flatMap(({ body }) => (typeof body.lead_id === 'string' ? [body as { lead_id: string; contact: { last: string } }] : [])),
    (each) => each.length >= theirs.length,
  )
  for (const { surname } of theirs)
    assert.ok(
      got.some(({ contact }) => contact.last === surname),
      `${surname} is sent to the dealer’s system`,
    )
  const [person] = people
  for (const { lead_id } of got) {
    const words = { responsible_user: person?.surname, status_comment: person?.text, refuse_reason_comment: person?.phone }
    await well(world, net.answering, 'POST', '/network/feedback', { lead_id, status: 36, ...words })
  }
  await tried(world, net.answering, 'POST', '/network/feedback', { lead_id: person?.surname, status: person?.phone, client_dms_id: person?.text })
}

/** Whoever took their consent back at the distributor is a notice at the dealer, by number; somebody there has seen it. */
export async function seeNotice(world: World): Promise<void> {
  const zoya = await world.net.at(world.net.zvezda, 'head_of_sales')
  const notices = await until(
    'the notice of the distributor',
    async () => (await well<{ rows: { id: string }[] }>(world, zoya, 'GET', '/network/notices')).rows,
    (rows) => rows.length > 0,
  )
  await well(world, zoya, 'POST', `/network/notices/${notices[0]?.id}/seen`, {})
}

/** The desk of the distributor: takes back, gives by hand, lets the rules choose anew; a dealer disputes. */
export async function moveAround(world: World): Promise<void> {
  const { net } = world
  const [ulyana, timur, zoya] = [await net.at(net.veltara, 'lead_desk'), await net.at(net.veltara, 'regional_manager'), await net.at(net.zvezda, 'head_of_sales')]
  const { rows } = await well<{ rows: Lead[] }>(world, ulyana, 'GET', '/network/leads?view=open&limit=100')
  const mine = rows.filter(({ outletId }) => outletId === net.places.crm)
  assert.ok(mine.length > 2, `${mine.length} requests stand at the dealer`)
  const act = async (lead: Lead, what: string, more: object = {}): Promise<void> => {
    const { version } = await well<Lead>(world, ulyana, 'GET', `/network/leads/${lead.id}`)
    await well(world, ulyana, 'POST', `/network/leads/${lead.id}/${what}`, { version, ...more })
  }
  await act(mine[0]!, 'take-back')
  await act(mine[0]!, 'assign', { networkOutletId: net.places.push })
  await act(mine[1]!, 'reroute')
  const { rows: received } = await well<{ rows: { leadId: string; number: number; endedAt: string | null }[] }>(world, zoya, 'GET', '/network/received?limit=100')
  const disputed = received.find(({ number }) => number === mine[2]?.number)
  await well(world, zoya, 'POST', `/leads/${disputed?.leadId}/dispute`, { reason: 'not_ours', evidence: ['calls_recorded'] })
  await well(world, zoya, 'GET', `/leads/${disputed?.leadId}/network`)
  const open = await until(
    'the dispute',
    async () => (await well<{ rows: { id: string; version: number }[] }>(world, timur, 'GET', '/network/disputes')).rows,
    (each) => each.length > 0,
  )
  await well(world, timur, 'POST', `/network/disputes/${open[0]?.id}/decide`, { version: open[0]?.version, isAccepted: true, decision: 'confirmed' })
}
