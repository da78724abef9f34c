import type { FastifyInstance } from 'fastify'

/** Resolves when the thing works, rejects or never ends when it does not. */
export type Check = () => Promise<unknown>
export type Health = { checks: Record<string, 'ok' | 'failed'>; isReady: boolean }
/** `ask` answers at most a second old; `stopping` makes it "not ready" for good, so that a balancer sends nobody here any more. */
export type HealthWatch = { ask: () => Promise<Health>; stopping: () => void }

const WAIT_MS = 2_000
const KEPT_MS = 1_000

/**
 * `needed`: without these nobody is sent here. `watched`: told by name, and no reason to send people away.
 * GET /healthz: the process answers. GET /readyz: everything it needs answers too, 200 or 503, each check by name.
 * Checks run at most once a second however often one asks, so that asking is no way to load the database.
 */
export function serveHealth(http: FastifyInstance, needed: Record<string, Check>, watched: Record<string, Check> = {}): HealthWatch {
  let isStopping = false
  let kept: { at: number; health: Promise<Health> } | undefined
  const ask = (): Promise<Health> => {
    if (!kept || Date.now() - kept.at > KEPT_MS) kept = { at: Date.now(), health: askAll(needed, watched) }
    return kept.health
  }
  http.get('/healthz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'ok' }
  })
  http.get('/readyz', async (_request, reply) => {
    const health = await ask()
    const isReady = health.isReady && !isStopping
    reply.code(isReady ? 200 : 503).header('cache-control', 'no-store')
    return { status: isStopping ? 'stopping' : isReady ? 'ready' : 'not_ready', checks: health.checks }
  })
  return { ask, stopping: () => void (isStopping = true) }
}

async function askAll(needed: Record<string, Check>, watched: Record<string, Check>): Promise<Health> {
  const found = await Promise.all(Object.entries({ ...needed, ...watched }).map(async ([name, check]) => [name, await works(check)] as const))
  return { checks: Object.fromEntries(found.map(([name, ok]) => [name, ok ? 'ok' : 'failed'])), isReady: found.every(([name, ok]) => ok || name in watched) }
}

async function works(check: Check): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), WAIT_MS)))
  try {
    return await Promise.race([
      check().then(
        () => true,
        () => false,
      ),
      late,
    ])
  } finally {
    clearTimeout(timer)
  }
}
