import styles from './file-field.module.css'
import { Icon } from './icon.tsx'

type FileFieldProps = {
  label: string
  /** What stands there while no file is chosen. */
  prompt: string
  /** As the attribute of a file input: `.csv,.xlsx`. */
  accept: string
  file: File | null
  onChange: (file: File | null) => void
  error?: string | null
  autoFocus?: boolean
}

/** One file, picked or dropped. The input itself lies over its drawing, so keyboard, dropping and screen readers work as everywhere. */
export function FileField({ label, prompt, accept, file, onChange, error = null, autoFocus = false }: FileFieldProps) {
  return (
    <div className={styles.field}>
      <span className={styles.label} aria-hidden="true">
        {label} *
      </span>
      <label className={styles.pick} data-wrong={error ? true : undefined}>
        <Icon name={file ? 'file' : 'upload'} />
        <span>{file?.name ?? prompt}</span>
        <input
          type="file"
          accept={accept}
          aria-label={label}
          aria-required="true"
          aria-invalid={error !== null}
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
        />
      </label>
      <span role="alert" className={styles.error}>
        {error}
      </span>
    </div>
  )
}
