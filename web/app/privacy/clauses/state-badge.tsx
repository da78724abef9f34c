import type { ClauseState } from '../../../../contract/privacy/clause.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { useWords } from '../../language.tsx'

export const stateTones: Record<ClauseState, Tone> = { controlled: 'good', partly: 'warn', not_yet: 'bad', not_applicable: 'neutral' }

export function StateBadge({ state }: { state: ClauseState }) {
  const { policy: t } = useWords()
  return <Badge tone={stateTones[state]}>{t.states[state]}</Badge>
}
