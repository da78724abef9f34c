import type { PolicyDraft } from '../../../../contract/privacy/policy.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from './policy.module.css'

/** Whether the published policy tells the truth, and which lines it no longer does; what is in the way of the next one. */
export function Notice({ draft: { published, changes, problems } }: { draft: PolicyDraft }) {
  const { policy: t } = useWords()
  return (
    <>
      {problems.length > 0 && (
        <div role="alert" className={shapes.warning}>
          <strong>{t.unfit}</strong>
          <ul className={styles.list}>
            {problems.map(({ at, why }) => (
              <li key={`${at}/${why}`}>{`${at}: ${t.problems[why]}`}</li>
            ))}
          </ul>
        </div>
      )}
      {changes.length > 0 && (
        <div role="status" className={shapes.warning}>
          <strong>{t.drifted}</strong>
          <ul className={styles.list}>
            {changes.map(({ part, what, how }) => (
              <li key={`${part}/${what}`}>{[t.parts[part], what, t.how[how]].filter(Boolean).join(' · ')}</li>
            ))}
          </ul>
        </div>
      )}
      {published && changes.length === 0 && (
        <div role="status" className={styles.good}>
          {t.isTrue}
        </div>
      )}
    </>
  )
}
