import type { DiffLine } from '../../../../contract/privacy/policy.ts'
import { Badge } from '../../../ui/badge.tsx'
import { EmptyState } from '../../../ui/state.tsx'
import { useWords } from '../../language.tsx'
import styles from './policy.module.css'

/** What the next version would say and the published one does not, and the other way round. */
export function Difference({ lines }: { lines: readonly DiffLine[] }) {
  const { policy: t } = useWords()
  if (lines.length === 0) return <EmptyState title={t.noDifference} hint={t.noDifferenceHint} icon="check" />
  return (
    <ol className={styles.difference}>
      {lines.map(({ sign, text }, at) => (
        <li key={`${at}/${sign}`} data-sign={sign}>
          <Badge tone={sign === 'added' ? 'good' : 'bad'}>{t[sign]}</Badge>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
