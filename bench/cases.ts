/** What is asked, of the product and of the floor alike: the requests of one act of a person at work. */
import { randomInt, randomUUID } from 'node:crypto'
import { cursorOf } from '../server/kernel/index.ts'
import { pick, type BenchCase, type Side, type Step } from './case.ts'
import type { Filled } from './fill.ts'
import { networkCases } from './network-cases.ts'
import { newTokens, type Searches, type TokensOfQueries } from './queries.ts'

export type CaseInput = { filled: Filled; searches: Searches; tokens: TokensOfQueries }

export function benchCases({ filled, searches, tokens }: CaseInput): BenchCase[] {
  const search =
    (kind: keyof Searches[number]) =>
    (side: Side, n: number): Step[] => {
      const query = pick(searches, n)[kind]
      return [{ method: 'POST', path: '/persons/search', body: side === 'product' ? { query, limit: 20 } : { tokens: tokens[query], limit: 20 } }]
    }
  const found = { name: 'hits', least: 1 }
  const listed = filled.known.slice(Math.ceil(filled.known.length / 10))
  /** Another page each time: the same rows over and over would be read from memory alone. The oldest have no full page behind them. */
  const page = (side: Side, n: number): Step[] => {
    const { id, updatedAt } = pick(listed, n)
    const place = side === 'product' ? `cursor=${cursorOf(new Date(updatedAt), id)}` : `at=${encodeURIComponent(updatedAt)}&id=${id}`
    return [{ method: 'GET', path: `/persons?limit=50&${place}` }]
  }
  return [
    {
      name: 'card',
      title: 'open a card: facts, timeline of 50, traced',
      target: 0.35,
      targetP99: 4,
      rows: { name: 'rows', least: 50 },
      steps: (_side, n) => card(pick(filled.rich, n)),
    },
    { name: 'clients', title: 'page of 50 clients', target: 0.35, targetP99: null, rows: { name: 'rows', least: 50 }, steps: page },
    { name: 'phone', title: 'find by phone', target: 0.35, targetP99: null, rows: { name: 'hits', least: 1 }, steps: search('phone') },
    { name: 'prefix', title: 'find by the beginning of a surname', target: 0.35, targetP99: null, rows: found, steps: search('prefix') },
    { name: 'typo', title: 'find with one slip', target: 0.35, targetP99: null, rows: found, steps: search('typo') },
    { name: 'lead', title: 'accept a lead by JSON', target: 0.35, targetP99: null, rows: null, steps: (side) => [lead(filled, side)] },
    { name: 'interaction', title: 'log an interaction', target: 0.4, targetP99: null, rows: null, steps: (_side, n) => [interaction(pick(filled.known, n).id)] },
    ...networkCases(filled),
  ]
}

/** What the screen asks when a card is opened. */
const card = (id: string): Step[] => [
  { method: 'GET', path: `/persons/${id}` },
  { method: 'POST', path: `/persons/${id}/open`, body: { purpose: 'request_handling', limit: 50 } },
]

function lead({ sourceCode, sourceId }: Filled, side: Side): Step {
  const phone = `+7${randomInt(9e9, 9_999_999_999)}`
  const body = {
    sourceCode,
    externalRef: randomUUID(),
    interest: 'callback',
    contact: { surname: 'Верхоглядов', given: 'Пётр', phones: [phone] },
    comment: 'Перезвоните мне, пожалуйста, после шести.',
  }
  return { method: 'POST', path: '/intake/leads', as: 'machine', isChange: true, body: side === 'product' ? body : { ...body, sourceId, tokens: newTokens() } }
}

const interaction = (personId: string): Step => ({
  method: 'POST',
  path: '/interactions',
  isChange: true,
  body: { personId, kind: 'call_out', result: 'talked', text: 'Договорились созвониться в пятницу после обеда.' },
})
