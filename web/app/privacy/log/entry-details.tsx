import { Link } from '@tanstack/react-router'
import { log, type LogEntry } from '../../../../contract/audit/log.ts'
import { call } from '../../../../contract/call.ts'
import { Button } from '../../../ui/button.tsx'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { Sealed, useSayings } from './entry-columns.tsx'
import styles from './log.module.css'
import type { NameOf } from './use-actors.ts'

/** One entry, whole, with its proof to take away. */
export function EntryDetails({ entry, names, onPerson }: { entry: LogEntry; names?: NameOf; onPerson?: (personId: string) => void }) {
  const [{ privacy: t }, format, say] = [useWords(), useFormat(), useSayings()]
  return (
    <div className={styles.list}>
      <Facts
        facts={[
          [t.event, say.event(entry)],
          [t.at, format.dateTime(entry.at)],
          ...(names ? [[t.who, `${names(entry)} · ${say.role(entry)}`] as const] : []),
          [t.purpose, say.purpose(entry)],
          [
            t.door,
            <span key="door">
              {say.door(entry)} <span className={styles.mono}>({entry.door})</span>
            </span>,
          ],
          [t.about, <People key="people" personIds={entry.personIds} areClients={entry.purpose !== 'employment'} {...(onPerson ? { onPerson } : {})} />],
          ...(entry.objectKind ? [[t.object, <span key="object" className={styles.mono}>{`${entry.objectKind} ${entry.objectId ?? ''}`}</span>] as const] : []),
          ...(Object.keys(entry.details).length > 0
            ? [
                [
                  t.details,
                  <span key="details" className={styles.mono}>
                    {Object.entries(entry.details)
                      .map(([name, value]) => `${name}: ${String(value)}`)
                      .join(', ')}
                  </span>,
                ] as const,
              ]
            : []),
          [t.proof, <Sealed key="sealed" position={entry.position} />],
          ...(entry.position === null ? [] : [[t.place, format.number(entry.position)] as const]),
          [
            t.eventId,
            <span key="id" className={styles.mono}>
              {entry.id}
            </span>,
          ],
        ]}
      />
      <Proof entry={entry} />
    </div>
  )
}

const SHOWN = 20

/** Colleagues have no card among clients. */
function People({ personIds, areClients, onPerson }: { personIds: readonly string[]; areClients: boolean; onPerson?: (personId: string) => void }) {
  const [{ privacy: t }, { may }] = [useWords(), useRights()]
  if (personIds.length === 0) return '—'
  return (
    <span className={styles.list}>
      {personIds.slice(0, SHOWN).map((personId) => (
        <span key={personId} className={styles.row}>
          {areClients && may('person.read') ? (
            <Link to={paths.person} params={{ personId }} aria-label={t.openCard} className={styles.mono}>
              {personId}
            </Link>
          ) : (
            <span className={styles.mono}>{personId}</span>
          )}
          {onPerson && (
            <Button size="xs" kind="quiet" icon="filter" onClick={() => onPerson(personId)}>
              {t.onlyThis}
            </Button>
          )}
        </span>
      ))}
      {personIds.length > SHOWN && <span className={styles.dim}>{`+ ${t.people(personIds.length - SHOWN)}`}</span>}
    </span>
  )
}

function Proof({ entry }: { entry: LogEntry }) {
  const [{ privacy: t }, { why }] = [useWords(), useRights()]
  const take = async (): Promise<void> => {
    try {
      saveFile(`${entry.id}.proof.json`, JSON.stringify(await call(log.proof, { eventId: entry.id }), null, 2), 'application/json')
      toast.done(t.downloaded)
    } catch (error) {
      toast.failed((error as Error).message)
    }
  }
  return (
    <Button icon="download" disabledReason={why(log.proof) ?? (entry.position === null ? t.notSealedWhy : null)} onClick={() => void take()}>
      {t.download}
    </Button>
  )
}
