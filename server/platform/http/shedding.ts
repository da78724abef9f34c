import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'

export type SheddingOptions = {
  /** Requests being answered at one time. */
  maxInFlight: number
  /** Mean delay of the event loop over the last half second, milliseconds; counts while at least sixteen requests are being answered. */
  maxLagMs: number
  /** The error with which one too many is sent away. */
  refusal: () => Error
}
/** `lagMs` and `inFlight` now; `shed` counts those sent away since the start. */
export type Load = { inFlight: number; lagMs: number; shed: number }

const WINDOW_MS = 500
const RETRY_AFTER_S = 2
/** With fewer in hand a late loop is not our work's doing: the machine is busy with something else, and sending people away would not help it. */
const LEAST_IN_FLIGHT = 16
/** Watching must work exactly when everything else does not; a stream lasts for hours and costs nothing. */
const exempt = new Set(['/healthz', '/readyz', '/metrics', '/api/live'])

/**
 * Sends requests away with `retry-after` while the process is overloaded: who is told at once tries again, who waits in a queue has given up
 * by the time the answer is made. What is already being answered is finished.
 */
export function shedLoad(http: FastifyInstance, { maxInFlight, maxLagMs, refusal }: SheddingOptions): Load {
  const load: Load = { inFlight: 0, lagMs: 0, shed: 0 }
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  const sampling = setInterval(() => {
    // The histogram holds the sampling interval itself; what exceeds it is delay.
    load.lagMs = Number.isFinite(delay.mean) ? Math.max(0, delay.mean / 1e6 - 20) : 0
    delay.reset()
  }, WINDOW_MS)
  sampling.unref()
  http.addHook('onClose', async () => {
    clearInterval(sampling)
    delay.disable()
  })
  http.addHook('onRequest', async (request, reply) => {
    if (exempt.has(request.routeOptions.url ?? '')) return
    if (load.inFlight >= maxInFlight || (load.lagMs > maxLagMs && load.inFlight >= LEAST_IN_FLIGHT)) {
      load.shed++
      reply.header('retry-after', String(RETRY_AFTER_S))
      throw refusal()
    }
    load.inFlight++
    reply.raw.once('close', () => load.inFlight--)
  })
  return load
}
