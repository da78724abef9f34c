import { type WeekHours, type Weekday, weekdays } from '../../../../contract/identity/outlet.ts'
import { Button } from '../../../ui/button.tsx'
import type { Bound } from '../../../ui/fields.tsx'
import { SwitchField } from '../../../ui/fields.tsx'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'

const two = (value: number): string => String(value).padStart(2, '0')
const halfHours = Array.from({ length: 49 }, (_, step) => `${two(Math.floor(step / 2))}:${step % 2 === 0 ? '00' : '30'}`)
const usual: [string, string] = ['09:00', '20:00']

/** Opening and closing by weekday. Half hours are offered; an odder time that stands already stays choosable. */
export function HoursEditor({ value, onChange, error }: Bound<WeekHours>) {
  const { identity: t } = useWords()
  const set = (day: Weekday, hours: [string, string] | null): void => onChange({ ...value, [day]: hours })
  const asMonday = (): void => onChange({ ...value, tue: value.mon, wed: value.mon, thu: value.mon, fri: value.mon })
  return (
    <fieldset className={styles.days} aria-invalid={error ? true : undefined}>
      <legend>{t.hours}</legend>
      <p className={styles.hint}>{t.hoursHint}</p>
      {weekdays.map((day) => (
        <div key={day} className={styles.day}>
          <SwitchField label={t.days[day]} value={value[day] !== null} onChange={(isOpen) => set(day, isOpen ? usual : null)} />
          <DayTimes day={t.days[day]} hours={value[day]} onChange={(hours) => set(day, hours)} />
        </div>
      ))}
      <span>
        <Button size="xs" onClick={asMonday}>
          {t.asMonday}
        </Button>
      </span>
      {error && (
        <span className={styles.wrong} role="alert">
          {error}
        </span>
      )}
    </fieldset>
  )
}

function DayTimes({ day, hours, onChange }: { day: string; hours: [string, string] | null; onChange: (hours: [string, string]) => void }) {
  const { identity: t } = useWords()
  if (!hours) return <span className={styles.dim}>{t.closed}</span>
  const [opens, closes] = hours
  return (
    <span className={styles.times}>
      <TimeSelect label={`${day}: ${t.opens}`} value={opens} choices={halfHours.slice(0, -1)} onChange={(next) => onChange([next, closes])} />
      –
      <TimeSelect label={`${day}: ${t.closes}`} value={closes} choices={halfHours.slice(1)} onChange={(next) => onChange([opens, next])} />
    </span>
  )
}

function TimeSelect({ label, value, choices, onChange }: { label: string; value: string; choices: readonly string[]; onChange: (time: string) => void }) {
  const all = choices.includes(value) ? choices : [...choices, value].sort()
  return (
    <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      {all.map((time) => (
        <option key={time}>{time}</option>
      ))}
    </select>
  )
}
