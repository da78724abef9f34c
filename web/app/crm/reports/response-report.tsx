import { useState } from 'react'
import { type Response, reports } from '../../../../contract/crm/report.ts'
import { ChoiceField } from '../../../ui/fields.tsx'
import { Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ScrollBox } from '../../../ui/scroll-box.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { ResponseHead } from '../../shared/response-head.tsx'
import { useLeadWords } from '../leads/lead-words.ts'
import { FigureLink, RowsLink } from './figure-link.tsx'
import type { PeriodAsked } from './pulse.tsx'
import styles from './pulse.module.css'

type By = 'employees' | 'sources'
type Line = { key: string; name: string; take: Response; firstContact: Response }

/** How fast: median and nine of ten in working minutes, and the share in time, for both clocks. */
export function ResponseReport({ asked }: { asked: PeriodAsked }) {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  const [by, setBy] = useState<By>('employees')
  const { data, trouble } = useAsk(reports.response, asked, { live: ['lead'] })
  if (trouble) return <ErrorState {...trouble} />
  const lines: Line[] = !data
    ? []
    : by === 'employees'
      ? data.employees.map((row) => ({ ...row, key: row.employeeId ?? '', name: say.staff(row.employeeId) }))
      : data.sources.map((row) => ({ ...row, key: row.sourceId, name: row.source }))
  const counted = ({ take }: Line): number => take.inTime.value + take.late.value
  return (
    <Section
      title={t.response}
      actions={
        <ChoiceField
          label={t.response}
          value={by}
          choices={[
            { value: 'employees', label: t.byEmployee },
            { value: 'sources', label: t.bySource },
          ]}
          onChange={setBy}
        />
      }
    >
      <p className={styles.hint}>{t.responseHint}</p>
      {!data ? (
        <Skeletons lines={8} />
      ) : lines.length === 0 ? (
        <EmptyState title={t.noFigures} hint={t.noFiguresHint} icon="report" />
      ) : (
        <Table lines={[{ key: 'total', name: t.total, ...data.total }, ...lines.sort((a, b) => counted(b) - counted(a))]} />
      )}
      {data?.isCut && <p className={styles.hint}>{t.isCut}</p>}
    </Section>
  )
}

function Table({ lines }: { lines: readonly Line[] }) {
  const { leads: t } = useWords()
  return (
    <ScrollBox label={t.response}>
      <table className={styles.table} aria-label={t.response}>
        <ResponseHead words={t} before={[t.who]} clocks={[t.take, t.firstContact]} />
        <tbody>
          {lines.map(({ key, name, take, firstContact }) => (
            <tr key={key}>
              <td>{name}</td>
              <Cells name={`${name}, ${t.take}`} told={take} />
              <Cells name={`${name}, ${t.firstContact}`} told={firstContact} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Cells({ name, told: { medianMinutes, p90Minutes, timed, inTime, late } }: { name: string; told: Response }) {
  const [{ leads: t }, format] = [useWords(), useFormat()]
  const minutes = (value: number | null, what: string) => (value === null ? t.minutes(null) : <RowsLink figure={timed} label={`${name}, ${what}`} text={t.minutes(value)} />)
  const decided = inTime.value + late.value
  return (
    <>
      <td>{minutes(medianMinutes, t.median)}</td>
      <td>{minutes(p90Minutes, t.p90)}</td>
      <td title={t.share}>
        <FigureLink figure={inTime} label={`${name}, ${t.inTime}`} /> {decided > 0 && `(${format.percent(Math.round((inTime.value / decided) * 100) / 100)})`}
      </td>
      <td data-hot={late.value > 0}>
        <FigureLink figure={late} label={`${name}, ${t.late}`} />
      </td>
    </>
  )
}
