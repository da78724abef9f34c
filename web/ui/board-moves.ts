export type Lane<Card> = { key: string; title: string; cards: readonly Card[] }

/** Lanes with the moves that are still on their way laid over them: what the person did is seen at once. */
export function withMoves<Card>(lanes: readonly Lane<Card>[], moves: ReadonlyMap<string, string>, keyOf: (card: Card) => string): Lane<Card>[] {
  const moved = lanes.flatMap(({ key, cards }) => cards.filter((card) => isElsewhere(moves, keyOf(card), key)))
  return lanes.map((lane) => ({
    ...lane,
    cards: [...moved.filter((card) => moves.get(keyOf(card)) === lane.key), ...lane.cards.filter((card) => !isElsewhere(moves, keyOf(card), lane.key))],
  }))
}

const isElsewhere = (moves: ReadonlyMap<string, string>, card: string, lane: string): boolean => (moves.get(card) ?? lane) !== lane

export type Spot = { lane: number; card: number }

/** Where an arrow leads from a card: up and down within the lane, left and right to the nearest lane that has cards. */
export function neighbour(counts: readonly number[], from: Spot, code: string): Spot {
  const inLane = (lane: number, card: number): Spot => ({ lane, card: Math.max(0, Math.min((counts[lane] ?? 1) - 1, card)) })
  if (code === 'ArrowDown' || code === 'KeyJ') return inLane(from.lane, from.card + 1)
  if (code === 'ArrowUp' || code === 'KeyK') return inLane(from.lane, from.card - 1)
  const step = code === 'ArrowRight' ? 1 : code === 'ArrowLeft' ? -1 : 0
  if (step === 0) return from
  for (let lane = from.lane + step; lane >= 0 && lane < counts.length; lane += step) if ((counts[lane] ?? 0) > 0) return inLane(lane, from.card)
  return from
}
