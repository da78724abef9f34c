import { Link } from '@tanstack/react-router'
import type { Figure } from '../../../../contract/crm/report.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { readTraySearch } from '../leads/tray-search.ts'
import styles from './pulse.module.css'

/** The tray's address of the rows behind a number. */
export const rowsOf = ({ query }: Figure) => ({ to: paths.leads, search: readTraySearch(query) })

/** A number that opens exactly the leads it counts; plain for whoever may see numbers only. `isAtLeast`: there are more than were looked at. */
export function FigureLink({ figure, label, isAtLeast = false }: { figure: Figure; label: string; isAtLeast?: boolean | undefined }) {
  const format = useFormat()
  return <RowsLink figure={figure} label={label} text={`${format.number(figure.value)}${isAtLeast && figure.value > 0 ? '+' : ''}`} />
}

/** The same of what is told of the rows together: a median opens those it is the median of. */
export function RowsLink({ figure, label, text }: { figure: Figure; label: string; text: string }) {
  const [{ leads: t }, { may }] = [useWords(), useRights()]
  if (!may('lead.read')) return <span title={t.rowsNeedRight}>{text}</span>
  return (
    <Link className={styles.figure} {...rowsOf(figure)} aria-label={`${label}: ${text}`}>
      {text}
    </Link>
  )
}
