import type { ReactNode } from 'react'
import { SelectField } from '../../ui/fields.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../language.tsx'
import styles from './written-text.module.css'

/** Words of a document, as whoever gets it reads them. */
export const WrittenText = ({ children }: { children: ReactNode }) => <div className={styles.text}>{children}</div>

/** Fields beside what comes of them. */
export function WritingDesk({ fields, preview, title }: { fields: ReactNode; preview: ReactNode; title?: string }) {
  return (
    <div className={styles.editor}>
      <div className={styles.fields}>{fields}</div>
      {title === undefined ? (
        <div className={styles.preview}>{preview}</div>
      ) : (
        <aside className={styles.preview} aria-label={title}>
          <h3>{title}</h3>
          {preview}
        </aside>
      )}
    </div>
  )
}

/** What stands in the way of publishing, by field. */
export function Lint({ words: { fit, unfit }, problems }: { words: { fit: string; unfit: string }; problems: readonly { field: string; why: string }[] }) {
  const { ui } = useWords()
  const codes: Record<string, string> = ui.wrong.codes
  return (
    <div role="status" className={styles.lint} data-fit={problems.length === 0}>
      <strong>
        <Icon name={problems.length === 0 ? 'check' : 'warning'} size={14} /> {problems.length === 0 ? fit : unfit}
      </strong>
      {problems.map(({ field, why }) => (
        <p key={`${field}/${why}`}>
          {field}: {codes[why] ?? why}
        </p>
      ))}
    </div>
  )
}

type Choice = { label: string; chosen: string | null; onChoose: (id: string | null) => void; choices: readonly { value: string; label: string }[] }
/** One of the versions of a text, with what may be done beside the choice. */
export function ChosenVersion({ choice: { label, chosen, onChoose, choices }, action, children }: { choice: Choice; action: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.version}>
      <div className={styles.choice}>
        <SelectField label={label} value={chosen} onChange={onChoose} choices={choices} />
        {action}
      </div>
      {children}
    </div>
  )
}
