/** How long it takes until a lead that was accepted is told to an open tray: from the first byte of the request to the live event. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from './world.ts'

export type LiveResult = { leads: number; p50Ms: number; p99Ms: number; missed: number }

const LEADS = 200
const WAIT_MS = 5_000

/** One open screen listens while leads come one after another, as in a quiet hour. */
export async function measureLive({ webPort, sessions, machineKey, filled }: World): Promise<LiveResult> {
  const { heard, stop } = await listen(webPort, sessions[0] ?? '')
  const latencies: number[] = []
  let missed = 0
  for (let n = 0; n < LEADS; n++) {
    const startedAt = performance.now()
    const reply = await fetch(`http://127.0.0.1:${webPort}/api/intake/leads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${machineKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        sourceCode: filled.sourceCode,
        externalRef: `live-${startedAt}-${n}`,
        interest: 'callback',
        contact: { surname: 'Слышимов', given: 'Илья', phones: [`+7947${String(n).padStart(7, '0')}`] },
      }),
    })
    const { leadId } = (await reply.json()) as { leadId: string }
    for (const deadline = Date.now() + WAIT_MS; !heard.has(leadId) && Date.now() < deadline;) await sleep(1)
    const at = heard.get(leadId)
    if (at === undefined) missed++
    else latencies.push(at - startedAt)
  }
  await stop()
  return { leads: LEADS, ...spread(latencies), missed }
}

export function spread(latencies: readonly number[]): { p50Ms: number; p99Ms: number } {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** An open tray: when each lead was first told of. */
export async function listen(webPort: number, session: string): Promise<{ heard: ReadonlyMap<string, number>; stop: () => Promise<void> }> {
  const heard = new Map<string, number>()
  const listening = new AbortController()
  const stream = await fetch(`http://127.0.0.1:${webPort}/api/live`, { headers: { cookie: `infotech=${session}` }, signal: listening.signal })
  if (!stream.ok || !stream.body) throw new Error(`the stream of live events answers ${stream.status}`)
  const reading = hear(stream.body, heard).catch(() => {})
  return {
    heard,
    stop: async () => {
      listening.abort()
      await reading
    },
  }
}

async function hear(body: ReadableStream<Uint8Array>, heard: Map<string, number>): Promise<void> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of body) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    const at = performance.now()
    for (const [, id] of text.matchAll(/"kind":"lead","id":"([0-9a-f-]{36})"/g)) if (id && !heard.has(id)) heard.set(id, at)
    text = text.slice(-200)
  }
}
