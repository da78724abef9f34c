import { useState } from 'react'
import { persons } from '../../../../contract/people/person.ts'
import { Button } from '../../../ui/button.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from './deals.module.css'

/** `name` is masked; null while it is not shown. */
export type Picked = { id: string; name: string | null }
type PickPersonProps = {
  value: Picked | null
  onPick: (person: Picked | null) => void
  /** Whose deal or request it is cannot be chosen. */
  isFixed?: boolean
  error?: React.ReactNode
}
const LEAST = 3

/** Finds a client by phone, its tail or surname; the answers are masked. */
export function PickPerson({ value, onPick, isFixed = false, error }: PickPersonProps) {
  const { drives: t } = useWords()
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const { data, isFetching, trouble } = useAsk(persons.search, { query: asked, limit: 6 }, { isOn: asked.length >= LEAST, staleMs: 60_000 })
  if (value) {
    return (
      <div className={styles.top}>
        <span>
          <span className={styles.dim}>{t.findClient}: </span>
          <strong>{value.name ?? t.hidden}</strong>
        </span>
        {!isFixed && (
          <Button size="xs" kind="quiet" onClick={() => onPick(null)}>
            {t.anotherClient}
          </Button>
        )}
      </div>
    )
  }
  const search = (): void => setAsked(typed.trim().length >= LEAST ? typed.trim() : '')
  const found = asked && data ? data.hits : []
  return (
    <div>
      <form
        role="search"
        onSubmit={(event) => {
          // Enter here searches; it does not send the form around it.
          event.preventDefault()
          event.stopPropagation()
          search()
        }}
      >
        <TextField label={t.findClient} hint={t.findHint} required type="search" autoFocus value={typed} error={error} onChange={setTyped} onBlur={search} />
      </form>
      {isFetching && <Skeletons lines={2} />}
      {trouble && <p className={styles.note}>{trouble.what}</p>}
      {asked && data && !isFetching && found.length === 0 && <p className={styles.dim}>{t.nobody}</p>}
      {found.length > 0 && (
        <ul className={styles.list} aria-label={t.findClient}>
          {found.map(({ id, masked }) => (
            <li key={id}>
              <span>
                {masked.name} <span className={styles.dim}>{masked.phone}</span>
              </span>
              <Button size="xs" onClick={() => onPick({ id, name: masked.name })}>
                {t.pick}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
