import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A number that is asked for when somebody reads the metrics. */
export type Reading = { name: string; help: string; read: () => number | Promise<number>; labels?: Record<string, string> }
export type MetricsOptions = {
  readings: readonly Reading[]
  /** Who shows it as a bearer token may read from anywhere; null: only this machine may. */
  token: string | null
  /** The answer to everybody else. */
  refusal: () => Error
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * GET /metrics in the text format of Prometheus: times by route pattern and status class, the process, and the given readings.
 * Labels are route patterns and codes: never an address, an id, a tenant or anything of a person.
 */
export function serveMetrics(http: FastifyInstance, { readings, token, refusal }: MetricsOptions): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'infotech_' })
  const took = new Histogram({
    name: 'infotech_http_request_seconds',
    help: 'Time to answer a request',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  for (const gauge of gaugesOf(readings)) registry.registerMetric(gauge)
  http.addHook('onResponse', async (request, reply) => {
    took.observe({ method: request.method, route: request.routeOptions.url ?? 'none', status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000)
  })
  http.get('/metrics', async (request, reply) => {
    if (!mayRead(request, token)) throw refusal()
    reply.header('content-type', registry.contentType).header('cache-control', 'no-store')
    return registry.metrics()
  })
  return registry
}

const sha256 = (text: string): Buffer => hash('sha256', text, 'buffer')

function gaugesOf(readings: readonly Reading[]): Gauge[] {
  const byName = Map.groupBy(readings, ({ name }) => name)
  return [...byName].map(([name, same]) => {
    const [first] = same
    return new Gauge({
      name,
      help: first?.help ?? name,
      labelNames: Object.keys(first?.labels ?? {}),
      registers: [],
      async collect() {
        for (const { labels, read } of same) this.set(labels ?? {}, await read())
      },
    })
  })
}

/** A proxy on this machine brings strangers in from loopback; whoever was forwarded is not here. */
function mayRead(request: FastifyRequest, token: string | null): boolean {
  const given = /^Bearer (\S{1,200})$/.exec(request.headers.authorization ?? '')?.[1]
  if (token !== null) return given !== undefined && timingSafeEqual(sha256(given), sha256(token))
  const isForwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined)
  return !isForwarded && /^(?:::1|(?:::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.socket.remoteAddress ?? '')
}
