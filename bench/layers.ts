/** Where the time of one act goes, told from what the probe noted in web and vault while a single connection asked. */
import type { BenchCase } from './case.ts'
import type { Driver } from './driver.ts'
import type { Span } from './probe.ts'
import type { Product } from './product.ts'

export type Layer = { name: string; msPerOp: number }
const PROBE_MS = 2_000

/** In the web, what is waited for longest speaks for a moment in which several things are on their way. */
const webOrder = ['vault', 'sql', 'who asks', 'begin', 'trace', 'closing statements', 'commit', 'request'] as const
const vaultOrder = ['crypto', 'key store', 'sql', 'who asks', 'trace', 'begin', 'commit', 'vault request'] as const
const words: Record<string, string> = {
  'web/request': 'web: http, contract, own code',
  'web/begin': 'web: begin, role, tenant',
  'web/who asks': 'web: who asks, kept answer',
  'web/sql': 'web: act SQL',
  'web/trace': 'web: trace write',
  'web/closing statements': 'web: kept answer, jobs, live event',
  'web/commit': 'web: commit',
  'web/vault': 'socket to the vault and back',
  'vault/vault request': 'vault: frames, own code',
  'vault/crypto': 'vault: cryptography',
  'vault/key store': 'vault: key store SQL',
  'vault/sql': 'vault: SQL',
  'vault/who asks': 'vault: who asks',
  'vault/begin': 'vault: begin',
  'vault/trace': 'vault: trace write',
  'vault/commit': 'vault: commit',
}

export async function layersOf(driver: Driver, { web, vault }: Product, asked: BenchCase): Promise<Layer[]> {
  await driver.play({ case: asked.name, side: 'product', connections: 1, ms: PROBE_MS / 2 })
  for (const each of [web, vault]) each.process.send({ probe: 'begin' })
  const { latenciesMs } = await driver.play({ case: asked.name, side: 'product', connections: 1, ms: PROBE_MS })
  const spans: Record<string, Span[]> = {}
  for (const [name, each] of [
    ['web', web],
    ['vault', vault],
  ] as const) {
    const told = each.message<{ spans: Span[] }>('spans')
    each.process.send({ probe: 'end' })
    spans[name] = (await told).spans
  }
  const inWeb = exclusive(spans.web ?? [], webOrder)
  const inVault = exclusive(spans.vault ?? [], vaultOrder)
  const ops = latenciesMs.length
  const vaultUs = Object.values(inVault).reduce((sum, us) => sum + us, 0)
  // The web waits for the vault's own work as well: what is left is the way there and back.
  inWeb.vault = Math.max(0, (inWeb.vault ?? 0) - vaultUs)
  const webUs = Object.values(inWeb).reduce((sum, us) => sum + us, 0)
  const totalUs = latenciesMs.reduce((sum, ms) => sum + ms, 0) * 1000
  const told = [...Object.entries(inWeb).map(([name, us]) => [`web/${name}`, us] as const), ...Object.entries(inVault).map(([name, us]) => [`vault/${name}`, us] as const)]
  return [
    { name: 'asking side and loopback', msPerOp: (totalUs - webUs - vaultUs) / ops / 1000 },
    ...told.map(([name, us]) => ({ name: words[name] ?? name, msPerOp: us / ops / 1000 })),
  ].toSorted((a, b) => b.msPerOp - a.msPerOp)
}

/** Microseconds per layer when every moment belongs to one layer only: the first of `order` that is on its way then. Moments outside of the last of `order` do not count. */
export function exclusive(spans: readonly Span[], order: readonly string[]): Record<string, number> {
  const edges = spans
    .flatMap(([layer, from, to]) =>
      order.includes(layer)
        ? [
            { layer, at: from, by: 1 },
            { layer, at: to, by: -1 },
          ]
        : [],
    )
    .toSorted((a, b) => a.at - b.at)
  const open: Record<string, number> = {}
  const sums: Record<string, number> = {}
  const outer = order.at(-1) ?? ''
  let last = edges[0]?.at ?? 0
  for (const { layer, at, by } of edges) {
    const current = open[outer] ? order.find((name) => (open[name] ?? 0) > 0) : undefined
    if (current) sums[current] = (sums[current] ?? 0) + at - last
    open[layer] = (open[layer] ?? 0) + by
    last = at
  }
  return sums
}
