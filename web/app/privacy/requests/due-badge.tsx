import type { RequestRow } from '../../../../contract/privacy/request.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { useWords } from '../../language.tsx'

const SOON_DAYS = 3

/** How near the day is: the word says it, the colour helps. */
export function DueBadge({ row }: { row: Pick<RequestRow, 'due' | 'state'> }) {
  const { requests: t } = useWords()
  if (row.state !== 'new' && row.state !== 'in_work') return <StateBadge state={row.state} />
  const { daysLeft } = row.due
  const tone: Tone = daysLeft < 0 ? 'bad' : daysLeft <= SOON_DAYS ? 'warn' : 'good'
  return <Badge tone={tone}>{daysLeft < 0 ? t.daysLate(-daysLeft) : t.daysLeft(daysLeft)}</Badge>
}

const tones: Record<RequestRow['state'], Tone> = { new: 'info', in_work: 'accent', answered: 'good', executed: 'good', refused: 'neutral' }

export function StateBadge({ state }: { state: RequestRow['state'] }) {
  const { requests: t } = useWords()
  return <Badge tone={tones[state]}>{t.states[state]}</Badge>
}
