import { log } from '../../../../contract/audit/log.ts'
import type { LogEntry } from '../../../../contract/audit/log.ts'
import { auditEvents } from '../../../../contract/audit-events.ts'
import { Button } from '../../../ui/button.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { Timeline, type TimelineItem } from '../../../ui/timeline.tsx'
import { usePages } from '../../data/ask.ts'
import { useLanguage } from '../../language.tsx'
import { useSession } from '../../session/session.tsx'
import { doorIn } from '../../shared/door-words.ts'
import styles from '../people.module.css'
import { useStaffNames } from './staff-names.ts'

/** Everybody who saw this person or learned that we hold them: from the log, which nobody can change (152-ФЗ art. 14 ч.7). */
export function WhoLooked({ personId }: { personId: string }) {
  const [
    {
      locale,
      words: { people: t, shell, doors },
    },
    { employeeId },
    nameOf,
  ] = [useLanguage(), useSession(), useStaffNames()]
  const { rows, isLoading, trouble, hasMore, isLoadingMore, loadMore } = usePages<LogEntry, typeof log.looks.input, typeof log.looks.output>(log.looks, { personId })
  if (trouble && rows.length === 0) return <ErrorState {...trouble} />
  if (isLoading) return <Skeletons lines={8} />
  const roles: Record<string, string> = shell.roles
  const items = gathered(rows).map(({ entry, count }): TimelineItem => ({
    id: entry.id,
    at: entry.at,
    kind: entry.event,
    icon: entry.event === 'person.revealed' ? 'eye' : 'log',
    title: [entry.actorId === employeeId ? t.you : (entry.actorId && nameOf(entry.actorId)) || t.colleague, roles[entry.role] ?? entry.role].join(', '),
    body: (
      <span className={styles.dim}>
        {[auditEvents[entry.event][locale], entry.purpose && t.purposes[entry.purpose], doorIn(doors, entry.door), count > 1 && t.times(count)].filter(Boolean).join(' · ')}
      </span>
    ),
  }))
  const kinds = Object.fromEntries([...new Set(rows.map(({ event }) => event))].map((event) => [event, auditEvents[event][locale]]))
  return (
    <>
      <Timeline items={items} kinds={kinds} empty={<EmptyState title={t.noLooks} hint={t.noLooksHint} icon="eye" />} />
      {hasMore && (
        <Button kind="quiet" busy={isLoadingMore} onClick={loadMore}>
          {t.loadMore}
        </Button>
      )}
    </>
  )
}

type Gathered = { entry: LogEntry; count: number }

/** The same look by the same person again and again (a list that refreshes itself) is one line with a count. */
function gathered(rows: readonly LogEntry[]): Gathered[] {
  const lines: Gathered[] = []
  for (const entry of rows) {
    const last = lines.at(-1)
    const isSame = last && (['actorId', 'event', 'purpose', 'door'] as const).every((key) => last.entry[key] === entry[key]) && last.entry.at.slice(0, 13) === entry.at.slice(0, 13)
    if (isSame) last.count++
    else lines.push({ entry, count: 1 })
  }
  return lines
}
