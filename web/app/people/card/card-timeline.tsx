import { Link } from '@tanstack/react-router'
import { interactions, type TimelineEntry } from '../../../../contract/crm/interaction.ts'
import type { Words } from '../../../../i18n/ru/index.ts'
import { Button } from '../../../ui/button.tsx'
import type { Format } from '../../../ui/format.ts'
import type { IconName } from '../../../ui/icon.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { Timeline, type TimelineItem } from '../../../ui/timeline.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights, useSession } from '../../session/session.tsx'
import styles from '../people.module.css'
import type { Opened } from './opened.ts'
import { useStaffNames } from './staff-names.ts'

type CardTimelineProps = { personId: string; opened: Opened | null; onLog?: () => void }

/** Contacts, leads, deals and test drives in one order; what was said only while the card is open. */
export function CardTimeline({ personId, opened, onLog }: CardTimelineProps) {
  const [words, format, { employeeId }, nameOf] = [useWords(), useFormat(), useSession(), useStaffNames()]
  const t = words.people
  const { rows, isLoading, trouble, hasMore, isLoadingMore, loadMore } = usePages<TimelineEntry, typeof interactions.timeline.input, typeof interactions.timeline.output>(
    interactions.timeline,
    { personId },
    { live: ['person', 'lead', 'deal', 'test_drive'] },
  )
  const undo = useAct(interactions.undo, { changes: ['person', 'lead', 'task'], done: () => toast.done(t.undone) })
  if (trouble && rows.length === 0) return <ErrorState {...trouble} />
  if (isLoading) return <Skeletons lines={8} />
  const who = (id: string | null): string | undefined => (id === null ? undefined : id === employeeId ? t.you : (nameOf(id) ?? t.colleague))
  const items = rows.map((entry): TimelineItem => ({
    id: entry.id,
    at: entry.at,
    kind: entry.type,
    icon: iconOf(entry),
    title: <Title entry={entry} text={titleOf(entry, words, format)} />,
    ...whoIn(entry, who, t.automatic),
    body: <Body entry={entry} text={opened?.texts.get(entry.id)} onUndo={() => undo.fire({ interactionId: entry.id })} />,
  }))
  const empty = <EmptyState title={t.noStory} hint={t.noStoryHint} icon="log" action={onLog && <Button onClick={onLog}>{t.log}</Button>} />
  return (
    <>
      <Timeline items={items} kinds={t.types} empty={empty} />
      {hasMore && (
        <Button kind="quiet" busy={isLoadingMore} onClick={loadMore}>
          {t.loadMore}
        </Button>
      )}
    </>
  )
}

const icons: Record<string, IconName> = {
  call_out: 'phone',
  call_in: 'phone',
  visit: 'outlet',
  email_out: 'mail',
  email_in: 'mail',
  message: 'mail',
  note: 'edit',
  lead: 'leads',
  deal: 'deals',
  test_drive: 'wheel',
}
const iconOf = (entry: TimelineEntry): IconName => icons[entry.type === 'interaction' ? entry.kind : entry.type] ?? 'log'

function titleOf(entry: TimelineEntry, { people: t }: Words, format: Format): string {
  switch (entry.type) {
    case 'interaction':
      return entry.kind === 'note' ? t.kinds.note : `${t.kinds[entry.kind]}: ${t.results[entry.result]}`
    case 'lead':
      return [`${t.lead(entry.number)}: ${t.interests[entry.interest]}`, entry.model, entry.source].filter(Boolean).join(' · ')
    case 'deal':
      return [
        `${t.deal(entry.number)}: ${t.stages[entry.stage as keyof typeof t.stages] ?? entry.stage}`,
        entry.model,
        entry.amountKopecks === null ? null : format.money(entry.amountKopecks),
      ]
        .filter(Boolean)
        .join(' · ')
    case 'test_drive':
      return [`${t.testDrive}: ${t.driveStatuses[entry.status as keyof typeof t.driveStatuses] ?? entry.status}`, entry.model, t.minutes(entry.minutes)].filter(Boolean).join(' · ')
  }
}

/** A request or a deal is one click away from the story it stands in. */
function Title({ entry, text }: { entry: TimelineEntry; text: string }) {
  const { may } = useRights()
  if (entry.type === 'lead' && may('lead.read'))
    return (
      <Link to={paths.leads} search={{ lead: entry.id }}>
        {text}
      </Link>
    )
  if (entry.type === 'deal' && may('deal.read'))
    return (
      <Link to={paths.deal} params={{ dealId: entry.id }}>
        {text}
      </Link>
    )
  return text
}

function whoIn(entry: TimelineEntry, who: (id: string | null) => string | undefined, automatic: string): { who?: string } {
  const said = entry.type === 'interaction' ? (entry.isAutomatic ? automatic : who(entry.byId)) : who(entry.responsibleId)
  return said === undefined ? {} : { who: said }
}

function Body({ entry, text, onUndo }: { entry: TimelineEntry; text: string | undefined; onUndo: () => void }) {
  const { people: t } = useWords()
  const hasText = 'hasText' in entry && entry.hasText
  const state = entry.type === 'lead' ? [t.leadStatuses[entry.status], entry.result && t.leadResults[entry.result]].filter(Boolean).join(', ') : null
  if (entry.type === 'interaction' && !hasText && !entry.canUndo) return null
  return (
    <>
      {state && <div className={styles.dim}>{state}</div>}
      {hasText && (text === undefined ? <div className={styles.dim}>··· {t.textHidden}</div> : <div className={styles.spoken}>{text}</div>)}
      {entry.type === 'interaction' && entry.canUndo && (
        <Button size="xs" kind="quiet" onClick={onUndo}>
          {t.undoLog}
        </Button>
      )}
    </>
  )
}
