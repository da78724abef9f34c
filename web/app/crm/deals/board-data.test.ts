import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DealRow } from '../../../../contract/crm/deal.ts'
import { withMove, type BoardData } from './board-data.ts'

const card = (id: string, amountKopecks: number | null): DealRow => ({
  id,
  number: 1,
  personId: null,
  leadId: null,
  outletId: 'o',
  responsibleId: 'e',
  specialistId: null,
  modelId: null,
  model: null,
  stage: 'contact',
  lostReason: null,
  amountKopecks,
  openedAt: '2026-01-01T00:00:00Z',
  stageSince: '2026-01-01T00:00:00Z',
  closedAt: null,
  nextTaskAt: null,
  version: 3,
})
const board = (): BoardData => ({
  closedSince: '2026-01-01T00:00:00Z',
  columns: [
    { stage: 'contact', count: 41, sumKopecks: 700, rows: [card('a', 200), card('b', null)], nextCursor: 'x' },
    { stage: 'visit', count: 2, sumKopecks: 50, rows: [], nextCursor: null },
  ],
})

test('a card that is moved is seen on top of its new column at once, with counts, sums and its next version', () => {
  const now = new Date('2026-03-01T10:00:00Z')
  const [from, to] = withMove(board(), { dealId: 'a', stage: 'visit' }, now).columns
  assert.deepEqual([from?.count, from?.sumKopecks, from?.rows.map(({ id }) => id)], [40, 500, ['b']])
  assert.deepEqual([to?.count, to?.sumKopecks, to?.rows[0]?.id, to?.rows[0]?.version, to?.rows[0]?.stageSince], [3, 250, 'a', 4, now.toISOString()])
})

test('a card without an amount changes no sum, and one that is not on the board changes nothing', () => {
  assert.deepEqual(
    withMove(board(), { dealId: 'b', stage: 'visit' }, new Date()).columns.map(({ sumKopecks }) => sumKopecks),
    [700, 50],
  )
  assert.deepEqual(withMove(board(), { dealId: 'c', stage: 'visit' }, new Date()), board())
  assert.deepEqual(withMove(board(), { dealId: 'a', stage: 'contact' }, new Date()), board())
})
