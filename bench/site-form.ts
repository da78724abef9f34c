/** A visitor's request on the distributor's site, until it stands in the dealer's tray: kept by both companies, each under its own keys. */
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { listen, spread } from './live.ts'
import { readMeters, type Meters } from './measure.ts'
import { newTokens } from './queries.ts'
import type { World } from './world.ts'

export type FormResult = {
  /** One after another, from the first byte of the form to the event in the dealer's open tray. */
  single: { requests: number; p50Ms: number; p99Ms: number; missed: number; /** Until the visitor has an answer. */ answeredP50Ms: number }
  /** The floor answers when it is done on both sides. */
  floorSingle: { p50Ms: number; p99Ms: number }
  burst: {
    requests: number
    connections: number
    acceptedMs: number
    arrivedMs: number
    arrived: number
    floorMs: number
    ratio: number
    /** Of each process, until all have arrived. */ cpuMsPerRequest: Record<string, number>
  }
}
export type FormSizes = { single: number; burst: number; connections: number; /** What works for the product. */ meters: Meters['product'] }

const WAIT_MS = 10_000
const BURST_WAIT_MS = 300_000
/** A form that is sent sooner looks like a machine's, and a human would look at it first. */
const READING_MS = 2_500

export async function measureForm(world: World, floorPort: number, { single, burst, connections, meters }: FormSizes): Promise<FormResult> {
  const forms = await openForms(world, single + burst)
  const client = new pg.Client(world.owner)
  await client.connect()
  try {
    const one = await oneByOne(world, client, forms.slice(0, single))
    const floorLatencies: number[] = []
    for (let n = 0; n < single; n++) floorLatencies.push(await timed(() => sendToFloor(world, floorPort, n)))
    const before = readMeters(meters)
    const { acceptedMs, arrivedMs, arrived } = await inBurst(world, client, forms.slice(single), connections)
    const cpuMsPerRequest = Object.fromEntries(Object.entries(readMeters(meters)).map(([name, ms]) => [name, (ms - (before[name] ?? 0)) / burst]))
    const numbers = Array.from({ length: burst }, (_, n) => single + n)
    const floorMs = await timed(() => atOnce(numbers, connections, (n) => sendToFloor(world, floorPort, n)))
    return {
      single: one,
      floorSingle: spread(floorLatencies),
      burst: { requests: burst, connections, acceptedMs, arrivedMs, arrived, floorMs, ratio: floorMs / arrivedMs, cpuMsPerRequest },
    }
  } finally {
    await client.end()
  }
}

/** One screen of the dealer's listens; other events may be told meanwhile, so the lead is looked up by the number that the visitor was given. */
async function oneByOne(world: World, client: pg.Client, forms: readonly Form[]): Promise<FormResult['single']> {
  const { heard, stop } = await listen(world.webPort, world.sessions[0] ?? '')
  const latencies: number[] = []
  const answered: number[] = []
  for (const form of forms) {
    const startedAt = performance.now()
    const number = await send(world, form)
    answered.push(performance.now() - startedAt)
    let [seen, at] = [-1, undefined as number | undefined]
    for (const deadline = Date.now() + WAIT_MS; at === undefined && Date.now() < deadline; await sleep(1)) {
      if (heard.size === seen) continue
      seen = heard.size
      const { rows } = await client.query<{ id: string }>('select lead_id id from received_transfers where tenant_id = $1 and number = $2', [world.filled.tenantId, number])
      at = heard.get(rows[0]?.id ?? '')
    }
    if (at !== undefined) latencies.push(at - startedAt)
  }
  await stop()
  return { requests: forms.length, ...spread(latencies), missed: forms.length - latencies.length, answeredP50Ms: spread(answered).p50Ms }
}

type Burst = { acceptedMs: number; arrivedMs: number; arrived: number }

async function inBurst(world: World, client: pg.Client, forms: readonly Form[], connections: number): Promise<Burst> {
  const count = async (): Promise<number> => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int count from received_transfers where tenant_id = $1', [world.filled.tenantId])
    return rows[0]?.count ?? 0
  }
  const before = await count()
  const startedAt = performance.now()
  let acceptedMs = 0
  const accepting = atOnce(forms, connections, (form) => send(world, form)).then(() => void (acceptedMs = performance.now() - startedAt))
  let arrived = 0
  for (const deadline = Date.now() + BURST_WAIT_MS; arrived < forms.length && Date.now() < deadline; await sleep(20)) arrived = (await count()) - before
  const arrivedMs = performance.now() - startedAt
  await accepting
  return { acceptedMs, arrivedMs, arrived }
}

type Form = { n: number; token: string }

/** Forms as visitors open them, and the time it takes to read one. */
async function openForms({ webPort, filled }: World, count: number): Promise<Form[]> {
  const forms: Form[] = []
  for (let n = 0; n < count; n++) {
    const reply = await fetch(`http://127.0.0.1:${webPort}/api/sites/${filled.distributor.slug}/request-form`)
    if (!reply.ok) throw new Error(`the form answers ${reply.status}`)
    forms.push({ n, token: ((await reply.json()) as { token: string }).token })
  }
  await sleep(READING_MS)
  return forms
}

const typed = (n: number) => ({
  interest: 'test_drive',
  name: 'Приезжева Нина',
  phone: `+7946${String(n).padStart(7, '0')}`,
  email: `form.${n}@mail.example`,
  wishes: 'Хочу приехать в субботу утром, с детьми.',
})

/** Everybody writes from an address of their own, as in life: one address may send so many an hour and no more. The reverse proxy tells it. Answers the number of the request. */
async function send({ webPort, filled: { distributor, outletId } }: World, { n, token }: Form): Promise<number> {
  const { texts, models } = distributor
  const consents = [
    { kind: 'request', textId: texts.request },
    { kind: 'advertising_data', textId: texts.data },
    { kind: 'advertising_email', textId: texts.email },
  ]
  return post(
    `http://127.0.0.1:${webPort}/api/sites/${distributor.slug}/requests`,
    { ...typed(n), token, modelId: models[n % models.length]?.id, placeId: outletId, consents },
    { 'x-requested-with': 'infotech', 'x-forwarded-for': `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}` },
  )
}

const sendToFloor = ({ filled: { distributor } }: World, floorPort: number, n: number): Promise<number> =>
  post(`http://127.0.0.1:${floorPort}/api/sites/${distributor.slug}/requests`, {
    ...typed(n),
    ref: randomUUID(),
    modelId: distributor.models[n % distributor.models.length]?.id,
    tokens: newTokens(),
  })

async function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
  const reply = await fetch(url, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const text = await reply.text()
  const { number } = reply.ok ? (JSON.parse(text) as { number: number | null }) : { number: null }
  // A request that waits for a human has no number: it would never reach the dealer.
  if (number === null) throw new Error(`a request of the site is answered ${reply.status}: ${text.slice(0, 300)}`)
  return number
}

async function atOnce<T>(list: readonly T[], connections: number, act: (one: T) => Promise<unknown>): Promise<void> {
  const left = list.values()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (const one of left) await act(one)
    }),
  )
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}
