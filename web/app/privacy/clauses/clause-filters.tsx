import { clauseParts, clauseStates } from '../../../../contract/privacy/clause.ts'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { useWords } from '../../language.tsx'
import styles from './clauses.module.css'
import type { ClauseSearch } from './routes.ts'

/** Which part, which state, which word. */
export function ClauseFilters({ search, onChange }: { search: ClauseSearch; onChange: (search: ClauseSearch) => void }) {
  const { policy: t } = useWords()
  const change = (name: 'part' | 'state' | 'search', value: string | null): void => {
    const { [name]: _before, ...rest } = search
    onChange({ ...rest, ...(value ? { [name]: value } : {}) })
  }
  return (
    <div className={styles.filters}>
      <SelectField
        label={t.part}
        placeholder={t.anyPart}
        clearable
        value={search.part ?? null}
        choices={clauseParts.map((value) => ({ value, label: t.clauseParts[value] }))}
        onChange={(chosen) => change('part', chosen)}
      />
      <SelectField
        label={t.state}
        placeholder={t.anyState}
        clearable
        value={search.state ?? null}
        choices={clauseStates.map((value) => ({ value, label: t.states[value] }))}
        onChange={(chosen) => change('state', chosen)}
      />
      <TextField label={t.search} type="search" maxLength={100} value={search.search ?? ''} onChange={(word) => change('search', word)} />
    </div>
  )
}
