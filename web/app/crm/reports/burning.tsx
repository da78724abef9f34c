import type { z } from 'zod'
import { type Figure, reports } from '../../../../contract/crm/report.ts'
import { Section } from '../../../ui/page.tsx'
import { ScrollBox } from '../../../ui/scroll-box.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useSession } from '../../session/session.tsx'
import { useLeadWords } from '../leads/lead-words.ts'
import { FigureLink } from './figure-link.tsx'
import styles from './pulse.module.css'

type Now = z.output<typeof reports.now.output>
type Line = { key: string; name: string; overdue: Figure; soon: Figure; open: Figure }
type Least = { isAtLeast: boolean }

/** Live: a lead that burns shows within a second, one that was taken goes out. Minutes pass without events, so it is asked again by itself too. */
export function Burning() {
  const [{ leads: t }, { chosenOutlet }] = [useWords(), useSession()]
  const { data, trouble } = useAsk(reports.now, chosenOutlet ? { outletId: chosenOutlet.id } : {}, { live: ['lead'], everyMs: 60_000 })
  if (trouble) return <ErrorState {...trouble} />
  return <Section title={t.burningNow}>{data ? <Body data={data} /> : <Skeletons lines={5} />}</Section>
}

function Body({ data }: { data: Now }) {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  const { overdue, soon, open, unassigned, escalated } = data.total
  const hot = (a: Line, b: Line): number => b.overdue.value - a.overdue.value || b.soon.value - a.soon.value || b.open.value - a.open.value
  const outlets = data.outlets.map((row) => ({ ...row, key: row.outletId, name: say.outlet(row.outletId) })).sort(hot)
  const employees = data.employees.map((row) => ({ ...row, key: row.employeeId ?? '', name: say.staff(row.employeeId) })).sort(hot)
  return (
    <>
      <div className={styles.tiles}>
        <Tile figure={overdue} isAtLeast={data.isCut} label={t.overdue} tone={overdue.value > 0 ? 'bad' : undefined} />
        <Tile figure={soon} isAtLeast={data.isCut} label={t.soon} tone={soon.value > 0 ? 'warn' : undefined} />
        <Tile figure={escalated} label={t.views.escalated} />
        <Tile figure={unassigned} label={t.views.unassigned} />
        <Tile figure={open} label={t.openNow} />
      </div>
      <div className={styles.wall}>
        {outlets.length > 1 && <Lines title={t.byOutlet} lines={outlets} isAtLeast={data.isCut} />}
        <Lines title={t.byEmployee} lines={employees} isAtLeast={data.isCut} />
      </div>
    </>
  )
}

function Tile({ figure, label, tone, isAtLeast = false }: { figure: Figure; label: string; tone?: 'bad' | 'warn' | undefined } & Partial<Least>) {
  return (
    <div className={styles.tile} data-tone={tone}>
      <FigureLink figure={figure} label={label} isAtLeast={isAtLeast} />
      <span>{label}</span>
    </div>
  )
}

function Lines({ title, lines, isAtLeast }: { title: string; lines: readonly Line[] } & Least) {
  const { leads: t } = useWords()
  if (lines.length === 0) return <p className={styles.hint}>{t.calm}</p>
  return (
    <ScrollBox label={title}>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{t.overdue}</th>
            <th scope="col">{t.soon}</th>
            <th scope="col">{t.openNow}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, overdue, soon, open }) => (
            <tr key={key}>
              <td>{name}</td>
              <td data-hot={overdue.value > 0}>
                <FigureLink figure={overdue} isAtLeast={isAtLeast} label={`${name}, ${t.overdue}`} />
              </td>
              <td>
                <FigureLink figure={soon} isAtLeast={isAtLeast} label={`${name}, ${t.soon}`} />
              </td>
              <td>
                <FigureLink figure={open} label={`${name}, ${t.openNow}`} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
