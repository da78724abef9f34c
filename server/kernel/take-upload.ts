import type { FastifyRequest } from 'fastify'
import type { Readable } from 'node:stream'
import { TooLong, type Spool, type Spooled } from '../platform/files/spool.ts'
import { allow, type Action } from './handle.ts'
import { Refusal } from './refusal.ts'
import type { Work, WorkRequest } from './work.ts'

export const typeOf = (request: FastifyRequest): string => (request.headers['content-type'] ?? '').replace(/;.*$/, '').trim().toLowerCase()
export const isSpooled = (body: unknown): body is Spooled => typeof body === 'object' && body !== null && 'sha256' in body && 'close' in body

/**
 * Takes in the body of an act that streams it: not before it is known that whoever sends it may, never more than the endpoint says, and whole before the
 * act begins, because the act may be run again, and because what it was told is part of its idempotency key. Whoever called closes it.
 */
export async function takeUpload({ work, spool }: { work: Work; spool: Spool }, { endpoint }: Action, asked: WorkRequest, request: FastifyRequest): Promise<Spooled> {
  const { types, maxBytes } = endpoint.accepts ?? { types: [], maxBytes: 0 }
  if (!types.includes(typeOf(request)) || !request.body) throw new Refusal('unsupported_media')
  await work({ ...asked, readOnly: true }, async (ctx) => allow(endpoint, ctx))
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new Refusal('too_large')
  const body = request.body as Readable
  try {
    // Not destroyed when too much comes: the answer needs its connection.
    return await spool(body.iterator({ destroyOnReturn: false }), maxBytes)
  } catch (error) {
    if (error instanceof TooLong) throw new Refusal('too_large')
    // The sender went away in the middle of it.
    if (body.errored) throw new Refusal('malformed')
    throw error
  }
}

/** Lets the rest of a refused body come and go, for a connection that is cut meanwhile may lose the answer; beyond `most` bytes it is cut all the same. */
export function runOut(body: Readable, most: number): void {
  let left = most
  body.on('error', () => {})
  body.on('data', ({ length }: Buffer) => void ((left -= length) < 0 && body.destroy()))
  body.resume()
}
