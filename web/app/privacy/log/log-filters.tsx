import { auditEvents, type AuditEvent } from '../../../../contract/audit-events.ts'
import { Button } from '../../../ui/button.tsx'
import { DateField, SelectField, SwitchField } from '../../../ui/fields.tsx'
import { useLanguage } from '../../language.tsx'
import styles from './log.module.css'
import type { LogSearch } from './routes.ts'
import { useLogStaff } from './use-actors.ts'

/** Whose acts, which, about whom, when. */
export function LogFilters({ search, onChange }: { search: LogSearch; onChange: (search: LogSearch) => void }) {
  const [
    {
      locale,
      words: { privacy: t },
    },
    staff,
  ] = [useLanguage(), useLogStaff()]
  const events = Object.entries(auditEvents).map(([value, sentence]) => ({ value: value as AuditEvent, label: sentence[locale] }))
  const change = (name: keyof LogSearch, value: string | null): void => {
    const { [name]: _before, ...rest } = search
    onChange({ ...rest, ...(value ? { [name]: value } : {}) })
  }
  const showColleagues = (isOn: boolean): void => {
    const { colleagues: _before, ...rest } = search
    onChange({ ...rest, ...(isOn ? { colleagues: true } : {}) })
  }
  const isFiltered = Object.keys(search).length > 0
  return (
    <div className={styles.filters}>
      <div className={styles.field}>
        <SelectField
          label={t.who}
          placeholder={t.anyone}
          clearable
          value={search.actor ?? null}
          choices={staff.map(({ id, name, position }) => ({ value: id, label: [name, position].filter(Boolean).join(', ') }))}
          onChange={(chosen) => change('actor', chosen)}
        />
      </div>
      <div className={styles.field}>
        <SelectField label={t.event} placeholder={t.anyEvent} clearable value={search.event ?? null} choices={events} onChange={(chosen) => change('event', chosen)} />
      </div>
      <div className={styles.date}>
        <DateField label={t.since} value={search.since ?? null} onChange={(day) => change('since', day)} />
      </div>
      <div className={styles.date}>
        <DateField label={t.until} value={search.until ?? null} onChange={(day) => change('until', day)} />
      </div>
      {search.person && (
        <Button icon="close" onClick={() => change('person', null)}>
          {t.onePerson}
        </Button>
      )}
      {!search.event && (
        <div className={styles.toggle}>
          <SwitchField label={t.withColleagues} value={search.colleagues === true} onChange={showColleagues} />
        </div>
      )}
      {isFiltered && (
        <Button kind="quiet" onClick={() => onChange({})}>
          {t.clear}
        </Button>
      )}
    </div>
  )
}
