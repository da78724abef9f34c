/** What a visitor's phone loads, and how long the server takes over it while nobody else asks. */
import http from 'node:http'
import { spread } from './live.ts'
import { unpack } from './unpack.ts'
import type { World } from './world.ts'

export type PageWeight = { page: string; p50Ms: number; p99Ms: number; /** As transferred, head and body. */ pageBytes: number; styleBytes: number }
const VIEWS = 100

export async function measureWeight({ webPort, filled: { distributor } }: World): Promise<PageWeight[]> {
  const at = `/site/${distributor.slug}`
  const pages = { 'first page': at, 'a model': `${at}/models/${distributor.models[0]?.id}`, dealers: `${at}/dealers`, 'form of a request': `${at}/request` }
  const weights: PageWeight[] = []
  for (const [page, path] of Object.entries(pages)) {
    const latencies: number[] = []
    let loaded = await load(webPort, path)
    for (let n = 0; n < VIEWS; n++) {
      const startedAt = performance.now()
      loaded = await load(webPort, path)
      latencies.push(performance.now() - startedAt)
    }
    const style = /href="(\/site-assets\/[^"]+\.css)"/.exec(loaded.text)?.[1]
    if (!style) throw new Error(`${path} names no style sheet`)
    weights.push({ page, ...spread(latencies), pageBytes: loaded.bytes, styleBytes: (await load(webPort, style)).bytes })
  }
  return weights
}

type Loaded = { bytes: number; text: string }

/** By a connection of its own, as the first page of a visit is: its bytes are those of the answer alone. */
function load(port: number, path: string): Promise<Loaded> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path, agent: false, headers: { 'accept-encoding': 'gzip, br', connection: 'close' } }, (response) => {
        const parts: Buffer[] = []
        response
          .on('data', (part: Buffer) => parts.push(part))
          .on('end', () => {
            if (response.statusCode !== 200) reject(new Error(`${path} answers ${response.statusCode}`))
            else resolve({ bytes: response.socket.bytesRead, text: unpack(Buffer.concat(parts), response.headers['content-encoding']) })
          })
          .on('error', reject)
      })
      .on('error', reject)
  })
}
