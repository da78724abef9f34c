/** What is asked of consents, of the distributor's site and by the systems of dealers. */
import { pick, type BenchCase } from './case.ts'
import type { Filled } from './fill.ts'
import { REQUESTS_PER_DEALER } from './network-people.ts'

export const networkCases = ({ known, distributor: { slug, models, polling } }: Filled): BenchCase[] => [
  {
    name: 'consent',
    title: 'may I write to this person now',
    target: 0.35,
    targetP99: null,
    rows: null,
    says: '"because":',
    steps: (_side, n) => [{ method: 'GET', path: `/persons/${pick(known, n).id}/may-contact?channel=email&messageKind=advertising` }],
  },
  {
    name: 'site-page',
    title: 'a visitor sees the first page and a model',
    target: 0.35,
    targetP99: null,
    rows: null,
    says: '</html>',
    steps: (_side, n) => [
      { method: 'GET', path: `/site/${slug}`, as: 'visitor' },
      { method: 'GET', path: `/site/${slug}/models/${pick(models, n).id}`, as: 'visitor' },
    ],
  },
  {
    name: 'lms',
    title: `${polling.length} dealers poll, ${REQUESTS_PER_DEALER} new requests each`,
    target: 0.35,
    targetP99: null,
    rows: { name: '', least: REQUESTS_PER_DEALER },
    connections: polling.length,
    // The floor has no keys: whose it is, is looked up in the same table.
    steps: (side, n) => {
      const dealer = n % polling.length
      return [{ method: 'GET', path: `/lms/request?status=1${side === 'floor' ? `&key=${polling[dealer]?.keyId}` : ''}`, as: { dealer } }]
    },
  },
]
