import type { FastifyReply, FastifyRequest } from 'fastify'
import { trackerOf, type TrackerName } from '../../../contract/site/trackers.ts'

const DAY_S = 86_400

/** The value of a cookie of ours; null when the browser sent none or one we would never have set. */
export function cookieOf(request: FastifyRequest, name: TrackerName): string | null {
  const found = new RegExp(`(?:^|; )${name}=([\\w.-]{1,200})(?:;|$)`).exec(request.headers.cookie ?? '')
  return found?.[1] ?? null
}

type Place = { isSecure: boolean; path: string }

/** Sets a cookie of the registry, for the days the registry says: whatever is not written down there cannot be set. No value: takes it back. */
export function setCookie(reply: FastifyReply, { isSecure, path }: Place, name: TrackerName, value: string | null): void {
  const days = trackerOf(name).lifetimeDays
  const term = value === null ? '; Max-Age=0' : days === 0 ? '' : `; Max-Age=${days * DAY_S}`
  reply.header('set-cookie', `${name}=${value ?? ''}${term}; Path=${path}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`)
}
