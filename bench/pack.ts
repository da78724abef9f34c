/** The answer to a person (152-ФЗ art. 14) who has a thousand events, from the officer's act to the sealed PDF and JSON; beside the floor's reading of the same rows. */
import { spread } from './live.ts'
import type { World } from './world.ts'

export type PackResult = { events: number; packs: number; p50Ms: number; worstMs: number; floorP50Ms: number; pdfBytes: number; jsonBytes: number }
const PACKS = 5
const EVENTS = 1_000
const DAY_MS = 86_400_000

export async function measurePack(world: World, floorPort: number): Promise<PackResult> {
  const ask = asker(world)
  const { eventful } = world.filled
  const receivedOn = new Date(Date.now() - DAY_MS).toISOString().slice(0, 10)
  const filed = await ask<{ id: string }>('POST', '/requests', { who: { personId: eventful }, kind: 'access', channel: 'email', receivedOn, words: 'Что вы обо мне храните?' })
  const { staffTexts } = await ask<{ staffTexts: { recordId: string }[] }>('GET', `/requests/${filed.id}/pack`)
  if (staffTexts.length !== EVENTS) throw new Error(`the person has ${staffTexts.length} notes of staff instead of ${EVENTS}`)
  let { version } = await ask<{ version: number }>('GET', `/requests/${filed.id}`)
  const took: number[] = []
  const floorTook: number[] = []
  for (let n = 0; n < PACKS; n++) {
    const startedAt = performance.now()
    ;({ version } = await ask<{ version: number }>('POST', `/requests/${filed.id}/pack`, { version, includeTexts: staffTexts.map(({ recordId }) => recordId) }))
    took.push(performance.now() - startedAt)
    floorTook.push(await readOnFloor(floorPort, eventful))
  }
  const bytesOf = async (form: 'pdf' | 'json'): Promise<number> =>
    Buffer.from((await ask<{ base64: string }>('GET', `/requests/${filed.id}/answer?form=${form}`)).base64, 'base64').byteLength
  return {
    events: EVENTS,
    packs: PACKS,
    p50Ms: spread(took).p50Ms,
    worstMs: Math.max(...took),
    floorP50Ms: spread(floorTook).p50Ms,
    pdfBytes: await bytesOf('pdf'),
    jsonBytes: await bytesOf('json'),
  }
}

async function readOnFloor(floorPort: number, personId: string): Promise<number> {
  const startedAt = performance.now()
  const reply = await fetch(`http://127.0.0.1:${floorPort}/api/persons/${personId}/pack`)
  const { facts } = (await reply.json()) as { facts?: unknown[] }
  if ((facts?.length ?? 0) < EVENTS) throw new Error(`the floor reads ${facts?.length} facts`)
  return performance.now() - startedAt
}

function asker({ webPort, officer }: World): <T>(method: 'GET' | 'POST', path: string, body?: unknown) => Promise<T> {
  return async <T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> => {
    const reply = await fetch(`http://127.0.0.1:${webPort}/api${path}`, {
      method,
      headers: { cookie: `infotech=${officer}`, 'x-requested-with': 'infotech', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
    return (await reply.json()) as T
  }
}
