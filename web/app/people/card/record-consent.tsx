import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { channels, consentOfChannel, consents, type Channel, type ConsentKind, type ConsentNow } from '../../../../contract/consent/consent.ts'
import { Button } from '../../../ui/button.tsx'
import { CheckField, ChoiceField, SelectField } from '../../../ui/fields.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from './consents.module.css'

const words = ['given', 'refused', 'withdrawn'] as const
type Word = (typeof words)[number]
const hows = ['staff_call', 'staff_paper'] as const
type How = (typeof hows)[number]
const others = ['advertising_data', 'request'] as const
const asked: readonly ConsentKind[] = [...channels.map((channel) => consentOfChannel[channel]), ...others]
type Props = { personId: string; channel: Channel; onChannel: (channel: Channel) => void; now: readonly z.output<typeof ConsentNow>[]; onDone: () => void }

/** A channel, a digit, Enter: what the client said is on record. Nothing is ticked beforehand. */
export function RecordConsent({ personId, channel, onChannel, now, onDone }: Props) {
  const [{ consent: t }, { why }] = [useWords(), useRights()]
  const [other, setOther] = useState<ConsentKind | null>(null)
  const [word, setWord] = useState<Word | null>(null)
  const [how, setHow] = useState<How>('staff_call')
  const [isAlso, setAlso] = useState(false)
  const kind = other ?? consentOfChannel[channel]
  const stateOf = (of: ConsentKind) => now.find((each) => each.kind === of)?.state ?? 'absent'
  const lacksData = word === 'given' && kind.startsWith('advertising_') && kind !== 'advertising_data' && stateOf('advertising_data') !== 'given'
  const save = useSave(onDone)
  const cannot = why(consents.record) ?? (word === null ? t.chooseSaid : word === 'withdrawn' && stateOf(kind) !== 'given' ? t.nothingToWithdraw : null)
  const run = (): void => {
    if (word && !cannot && !save.isBusy)
      void save.run([...(lacksData && isAlso ? [{ personId, kind: 'advertising_data' as const, state: word, how }] : []), { personId, kind, state: word, how }])
  }
  const pick = (chosen: ConsentKind | null): void => {
    const found = channels.find((each) => consentOfChannel[each] === chosen)
    setOther(found ? null : chosen)
    if (found) onChannel(found)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement
    if (target.closest('[data-own-keys]')) return
    const chosen = words[Number(/^(?:Digit|Numpad)([1-3])$/.exec(event.code)?.[1] ?? 0) - 1]
    if (chosen) setWord(chosen)
    else if (event.code === 'Enter' && word) run()
    else return
    event.preventDefault()
  }
  return (
    <div role="presentation" className={styles.record} onKeyDown={onKeyDown}>
      <div data-own-keys>
        <SelectField
          label={t.what}
          value={kind}
          onChange={(chosen) => chosen && pick(chosen)}
          choices={asked.map((value) => ({ value, label: `${t.kinds[value]}: ${t.states[stateOf(value)]}` }))}
        />
      </div>
      <Words chosen={word} onPick={setWord} />
      <ChoiceField label={t.how} value={how} onChange={setHow} choices={hows.map((value) => ({ value, label: t.hows[value] }))} />
      {lacksData && <CheckField label={t.also} hint={t.alsoHint} value={isAlso} onChange={setAlso} />}
      <div className={styles.buttons} data-own-keys>
        <Button kind="primary" keycap="Enter" busy={save.isBusy} disabledReason={cannot} onClick={run}>
          {t.save}
        </Button>
      </div>
      <p className={styles.dim}>
        <span className={styles.keys}>{t.recordKeys} </span>
        {t.recordHint}
      </p>
    </div>
  )
}

type Said = z.input<typeof consents.record.input>

/** One after the other: each is a consent of its own with an event of its own. */
function useSave(onDone: () => void): { run: (said: readonly Said[]) => Promise<void>; isBusy: boolean } {
  const { consent: t } = useWords()
  const act = useAct(consents.record, { changes: ['person'] })
  const run = async (said: readonly Said[]): Promise<void> => {
    try {
      for (const one of said) await act.run(one)
    } catch {
      return
    }
    onDone()
    toast.done(t.recorded)
  }
  return { run, isBusy: act.isBusy }
}

function Words({ chosen, onPick }: { chosen: Word | null; onPick: (word: Word) => void }) {
  const { consent: t } = useWords()
  const ref = useRef<HTMLDivElement>(null)
  // The digits work at once: the answers have the focus, not the list of kinds.
  useEffect(() => {
    const frame = requestAnimationFrame(() => ref.current?.querySelector<HTMLElement>('button')?.focus())
    return () => cancelAnimationFrame(frame)
  }, [])
  return (
    <div ref={ref} role="radiogroup" aria-label={t.said} className={styles.words} data-autofocus>
      {words.map((word, index) => (
        <button key={word} type="button" role="radio" aria-checked={chosen === word} className={`${shapes.choice} ${styles.word}`} onClick={() => onPick(word)}>
          <kbd aria-hidden="true">{index + 1}</kbd>
          {t.saids[word]}
        </button>
      ))}
    </div>
  )
}
