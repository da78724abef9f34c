import { type DragEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { type Lane, neighbour, withMoves } from './board-moves.ts'
import styles from './board.module.css'
import { toast } from './toast.tsx'
import { useUiWords } from './words.tsx'

export type { Lane }
export type BoardProps<Card> = {
  label: string
  lanes: readonly (Lane<Card> & { total?: number; sum?: string; /** Below the cards: how to see the rest. */ foot?: ReactNode })[]
  cardKey: (card: Card) => string
  /** The card's name for screen readers. */
  cardName: (card: Card) => string
  card: (card: Card) => ReactNode
  onOpen: (card: Card) => void
  /** Resolves when the server has taken it; `false` means the person thought better of it. A throw puts the card back and says so. */
  onMove: (card: Card, toLane: string) => Promise<unknown>
  /** Why the card may not go there; null when it may. */
  refusal?: (card: Card, toLane: string) => string | null
}

/** Lanes of cards: dragged by the mouse, moved by Shift and arrows. Seen at once, put back when the server refuses. */
export function Board<Card>(props: BoardProps<Card>) {
  const { label, lanes, cardKey, cardName, card, onOpen } = props
  const [words, hintId, { shown, move }] = [useUiWords(), useId(), useMoves(props)]
  const root = useRef<HTMLDivElement>(null)
  const dragged = useRef<Card | null>(null)
  const onKeyDown = useCardKeys(props, shown, move, root)
  const drop = (lane: string): void => {
    if (dragged.current) void move(dragged.current, lane)
    dragged.current = null
  }
  return (
    <div ref={root} className={styles.board} role="group" aria-label={label} tabIndex={-1}>
      <p id={hintId} className="it-hidden">
        {words.cardMoves}
      </p>
      {shown.map((lane, laneIndex) => (
        <DropZone key={lane.key} title={lane.title} onDropped={() => drop(lane.key)}>
          <LaneHead title={lane.title} count={lanes[laneIndex]?.total ?? lane.cards.length} sum={lanes[laneIndex]?.sum} />
          <div className={styles.cards} role="list">
            {lane.cards.map((one, index) => (
              <div key={cardKey(one)} role="listitem">
                <div
                  className={styles.card}
                  role="button"
                  tabIndex={0}
                  draggable
                  data-card={cardKey(one)}
                  aria-label={cardName(one)}
                  aria-describedby={hintId}
                  onClick={() => onOpen(one)}
                  onKeyDown={(event) => onKeyDown(event, one, laneIndex, index)}
                  onDragStart={() => void (dragged.current = one)}
                  onDragEnd={() => void (dragged.current = null)}
                >
                  {card(one)}
                </div>
              </div>
            ))}
          </div>
          {lane.cards.length === 0 && <p className={styles.none}>{words.nothingYet}</p>}
          {lanes[laneIndex]?.foot}
        </DropZone>
      ))}
    </div>
  )
}

/** Enter opens; arrows, J and K go from card to card; with Shift the card goes along, a lane aside. */
function useCardKeys<Card>(
  { cardKey, onOpen }: BoardProps<Card>,
  shown: readonly Lane<Card>[],
  move: (card: Card, toLane: string) => Promise<void>,
  root: { current: HTMLElement | null },
) {
  const focus = (key: string): void => {
    requestAnimationFrame(() => root.current?.querySelector<HTMLElement>(`[data-card="${CSS.escape(key)}"]`)?.focus())
  }
  return (event: KeyboardEvent<HTMLElement>, one: Card, lane: number, index: number): void => {
    if (event.target !== event.currentTarget) return
    if (event.code === 'Enter' || event.code === 'Space') {
      event.preventDefault()
      return onOpen(one)
    }
    if (!/^(Arrow|Key[JK])/.test(event.code)) return
    event.preventDefault()
    const aside = event.shiftKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.code] : undefined
    const target = aside === undefined ? undefined : shown[lane + aside]
    if (target) {
      void move(one, target.key)
      return focus(cardKey(one))
    }
    const spot = neighbour(
      shown.map(({ cards }) => cards.length),
      { lane, card: index },
      event.code,
    )
    const next = shown[spot.lane]?.cards[spot.card]
    if (next) focus(cardKey(next))
  }
}

/** A lane that cards can be dropped on. The drag is the mouse's way of what the keys of a card do. */
function DropZone({ title, onDropped, children }: { title: string; onDropped: () => void; children: ReactNode }) {
  const [isOver, setOver] = useState(false)
  const hover = (event: DragEvent): void => {
    event.preventDefault()
    setOver(true)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    onDropped()
  }
  return (
    <div role="presentation" className={styles.lane} data-over={isOver || undefined} onDragOver={hover} onDragLeave={() => setOver(false)} onDrop={drop}>
      <section aria-label={title} className={styles.inside}>
        {children}
      </section>
    </div>
  )
}

function LaneHead({ title, count, sum }: { title: string; count: number; sum: string | undefined }) {
  return (
    <header className={styles.head}>
      <h2>{title}</h2>
      <span>{count}</span>
      {sum && <span className={styles.sum}>{sum}</span>}
    </header>
  )
}

function useMoves<Card>({ lanes, cardKey, onMove, refusal }: BoardProps<Card>) {
  const words = useUiWords()
  const [moves, setMoves] = useState<ReadonlyMap<string, string>>(new Map())
  const forget = (key: string): void => setMoves((now) => new Map([...now].filter(([card]) => card !== key)))
  const shown = withMoves(lanes, moves, cardKey)
  const move = async (card: Card, toLane: string): Promise<void> => {
    const key = cardKey(card)
    const isThere = shown.some((lane) => lane.key === toLane && lane.cards.some((each) => cardKey(each) === key))
    if (isThere) return
    const why = refusal?.(card, toLane)
    if (why) return toast.failed(why)
    setMoves((now) => new Map(now).set(key, toLane))
    try {
      await onMove(card, toLane)
    } catch (error) {
      toast.failed(error instanceof Error ? `${words.notMoved}: ${error.message}` : words.notMoved)
    } finally {
      forget(key)
    }
  }
  return { shown, move }
}
