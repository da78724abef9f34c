import type { Overwritten } from './draft.ts'
import styles from './form.module.css'
import { type UiWords, useUiWords } from './words.tsx'

type Fields = Readonly<Record<string, unknown>>
type BothProps = { mine: Fields; now: Overwritten; draft: Fields; onChoose: (change: Record<string, unknown>) => void }

/** What both have written, of every field where it differs; one press takes either side. */
export function Both({ mine, now, draft, onChoose }: BothProps) {
  const words = useUiWords()
  const side = (field: string, title: string, value: unknown) => (
    <button type="button" role="radio" aria-checked={draft[field] === value} className={styles.side} onClick={() => onChoose({ [field]: value })}>
      <span className={styles.whose}>{title}</span> {sayOf(now, field, value, words)}
    </button>
  )
  return differing(mine, now, words).map((field) => (
    <div key={field} role="radiogroup" aria-label={now.told.names[field]} className={styles.both}>
      <div>{now.told.names[field]}</div>
      <div className={styles.sides}>
        {side(field, words.yours, mine[field])}
        {side(field, words.theirs, now.theirs[field])}
      </div>
    </div>
  ))
}

/** What reads the same is no difference: two writings of one phone, hours in another order. */
export const differing = (mine: Fields, now: Overwritten, words: UiWords): string[] =>
  Object.keys(now.told.names).filter((field) => field in now.theirs && sayOf(now, field, mine[field], words) !== sayOf(now, field, now.theirs[field], words))

function sayOf({ told }: Overwritten, field: string, value: unknown, words: UiWords): string {
  if (value === null || value === undefined || value === '') return told.say(field, value) ?? words.empty
  return told.say(field, value) ?? (typeof value === 'boolean' ? (value ? words.yes : words.no) : String(value as string | number))
}
