import type { MessageRow } from '../../../../contract/crm/intake.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { useWords } from '../../language.tsx'

const tones: Record<MessageRow['status'], Tone> = { unparsed: 'warn', accepted: 'good', resubmitted: 'good', repeated: 'neutral', discarded: 'neutral' }

/** A code of what went wrong as people read it; a code that has no words yet is shown as it is. */
export function useProblemWords(): (row: Pick<MessageRow, 'problem' | 'problemAt'>) => string {
  const { intake: t } = useWords()
  return ({ problem, problemAt }) => (problem === null ? '' : `${t.problems[problem] ?? problem}${problemAt ? ` · ${problemAt}` : ''}`)
}

export function Status({ row: { status, discardedBecause } }: { row: MessageRow }) {
  const { intake: t } = useWords()
  return <Badge tone={tones[status]}>{discardedBecause ? `${t.statuses[status]}: ${t.reasons[discardedBecause]}` : t.statuses[status]}</Badge>
}
