import type { Endpoint } from '../contract/endpoint.ts'
import { schemaOf } from '../server/kernel/index.ts'
import { addressWith, sampleOf, type Known } from './sample.ts'
import type { Person, Reply } from './stage.ts'

export type Said = { path: string; input: Record<string, unknown> }
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
const anyUuid = '0190a0c0-0000-7000-8000-00000000dead'

/** What a schema cannot say: rules between values. */
const day = ['09:00', '21:00']
const plain: Record<string, unknown> = { timeZone: 'Europe/Moscow', hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: null, sun: null } }

/** What would be sent to this endpoint: plain values, with `known` for names that matter. */
export function sampleFor(endpoint: Endpoint, known: Known): Said {
  const input = (sampleOf(schemaOf(endpoint.input, 'input'), (name) => known(name) ?? plain[name]) ?? {}) as Record<string, unknown>
  return { path: addressWith(endpoint.path, (name) => textOf(known(name) ?? input[name] ?? anyUuid)), input }
}

/** Sends it, as the contract says: query for GET, bytes for files, JSON for the rest. */
export function say(who: Person, endpoint: Endpoint, { path, input }: Said): Promise<Reply> {
  const named = new Set([...endpoint.path.matchAll(/:(\w+)/g)].map(([, name]) => name))
  const rest = Object.entries(input).filter(([name]) => !named.has(name) && name !== 'body')
  const query = new URLSearchParams(rest.filter(([, value]) => value !== undefined && value !== null).map(([name, value]) => [name, textOf(value)]))
  const withQuery = query.size > 0 ? `${path}?${query}` : path
  if (endpoint.method === 'GET') return who.get(withQuery)
  if (endpoint.accepts) return who.post(withQuery, Buffer.from('<adf/>'), { 'content-type': endpoint.accepts.types[0] ?? '' })
  const body = Object.fromEntries(rest)
  switch (endpoint.method) {
    case 'POST':
      return who.post(path, body)
    case 'PATCH':
      return who.patch(path, body)
    case 'DELETE':
      return who.del(path, body)
  }
}
