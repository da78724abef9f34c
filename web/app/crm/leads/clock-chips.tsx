import type { LeadRow } from '../../../../contract/crm/lead.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Clock } from '../../../ui/clock.tsx'
import { useWords } from '../../language.tsx'
import styles from './leads.module.css'

type Told = LeadRow['clocks']['take']
/** Of a lead of ours, or of one that a dealer of the network has. */
type Clocked = Pick<LeadRow, 'clocks' | 'takenAt' | 'firstContactAt'>

/** Both clocks of a lead: what still goes is shown going, what is done says how long it took. */
export function ClockChips({ lead }: { lead: Clocked }) {
  return (
    <span className={styles.clocks}>
      <TakeChip lead={lead} />
      <ContactChip lead={lead} />
    </span>
  )
}

export function TakeChip({ lead: { clocks, takenAt, firstContactAt } }: { lead: Clocked }) {
  const { leads: t } = useWords()
  return <Chip label={t.take} clock={clocks.take} isDone={takenAt !== null || firstContactAt !== null} />
}

export function ContactChip({ lead: { clocks, firstContactAt } }: { lead: Clocked }) {
  const { leads: t } = useWords()
  return <Chip label={t.firstContact} clock={clocks.firstContact} isDone={firstContactAt !== null} />
}

/** `isDone`: a person did it; a clock that only the closing stopped was not needed. */
function Chip({ label, clock, isDone }: { label: string; clock: Told; isDone: boolean }) {
  const { leads: t } = useWords()
  return (
    <span title={`${label}: ${t.limit(clock.limitMinutes)}`}>
      <span className="it-hidden">{label}: </span>
      <Told clock={clock} isDone={isDone} />
    </span>
  )
}

function Told({ clock: { state, dueAt, spentMinutes }, isDone }: { clock: Told; isDone: boolean }) {
  const { leads: t } = useWords()
  if (state === 'running' || state === 'overdue') return <Clock due={dueAt} />
  if (!isDone) return <Badge>{t.stopped}</Badge>
  return state === 'done' ? <Badge tone="good">{t.doneIn(spentMinutes)}</Badge> : <Badge tone="warn">{t.doneLate(spentMinutes)}</Badge>
}
