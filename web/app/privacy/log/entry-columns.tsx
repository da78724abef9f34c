import type { LogEntry } from '../../../../contract/audit/log.ts'
import { auditEvents } from '../../../../contract/audit-events.ts'
import { Badge } from '../../../ui/badge.tsx'
import type { Column } from '../../../ui/data-table.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useLanguage } from '../../language.tsx'
import { doorIn } from '../../shared/door-words.ts'
import styles from './log.module.css'
import type { NameOf } from './use-actors.ts'

/** What an entry says, in the person's language. */
export function useSayings() {
  const {
    locale,
    words: { people, shell, doors },
  } = useLanguage()
  const roles: Record<string, string> = shell.roles
  return {
    event: ({ event }: LogEntry): string => auditEvents[event][locale],
    purpose: ({ purpose }: LogEntry): string => (purpose ? people.purposes[purpose] : '—'),
    door: ({ door }: LogEntry): string => doorIn(doors, door),
    role: ({ role }: LogEntry): string => roles[role] ?? role,
  }
}

export function Sealed({ position }: Pick<LogEntry, 'position'>) {
  const {
    words: { privacy: t },
  } = useLanguage()
  return <Badge tone={position === null ? 'neutral' : 'good'}>{position === null ? t.notSealed : t.sealed}</Badge>
}

export function useEntryColumns(names?: NameOf): Column<LogEntry>[] {
  const [
    {
      words: { privacy: t },
    },
    format,
    say,
  ] = [useLanguage(), useFormat(), useSayings()]
  return [
    { key: 'at', title: t.at, width: 150, cell: ({ at }) => format.dateTime(at) },
    ...(names ? [{ key: 'who', title: t.who, width: 170, cell: (row: LogEntry) => names(row) }] : []),
    { key: 'event', title: t.event, width: 200, grows: true, cell: (row) => say.event(row) },
    { key: 'about', title: t.about, width: 110, cell: ({ personIds }) => (personIds.length > 0 ? t.people(personIds.length) : '—') },
    { key: 'purpose', title: t.purpose, width: 170, cell: (row) => say.purpose(row) },
    { key: 'door', title: t.door, width: 180, cell: (row) => say.door(row) },
    { key: 'proof', title: t.proof, width: 140, cell: ({ position }) => <Sealed position={position} /> },
  ]
}

/** The same on a phone. */
export function EntryLine({ entry, names }: { entry: LogEntry; names?: NameOf }) {
  const [
    {
      words: { privacy: t },
    },
    format,
    say,
  ] = [useLanguage(), useFormat(), useSayings()]
  const about = [names?.(entry), entry.personIds.length > 0 && t.people(entry.personIds.length), entry.purpose && say.purpose(entry)].filter(Boolean)
  return (
    <div className={styles.line}>
      <strong>{say.event(entry)}</strong>
      <span className={styles.dim}>{format.dateTime(entry.at)}</span>
      <span className={styles.under}>{about.join(' · ')}</span>
    </div>
  )
}
