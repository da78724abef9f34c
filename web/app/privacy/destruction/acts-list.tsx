import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { destructions, type ActRow, type DestructionAct } from '../../../../contract/privacy/destruction.ts'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk, usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import shapes from '../../shared.module.css'
import { Recipients } from './recipients.tsx'
import { saveBytes } from '../requests/save-bytes.ts'
import styles from '../requests/requests.module.css'

/** The sealer comes by every second or two; then the proof stands here. */
const SEALED_WITHIN_MS = 5_000
type Row = z.output<typeof ActRow>

export function ActsList({ openId, onOpen }: { openId: string | null; onOpen: (id: string | null) => void }) {
  const { destruction: t } = useWords()
  const data = usePages<Row, typeof destructions.list.input, typeof destructions.list.output>(destructions.list, {}, { live: ['person'] })
  return (
    <>
      <DataTable
        label={t.tabs.acts}
        data={data}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.noActs, hint: t.noActsHint, icon: 'file' }}
        onOpen={({ id }) => onOpen(id)}
        card={(row) => <Line row={row} />}
        autoFocus
      />
      <Drawer isOpen={openId !== null} onClose={() => onOpen(null)} title={t.act}>
        {openId && <Act key={openId} actId={openId} />}
      </Drawer>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'number', title: t.number, width: 70, align: 'end', cell: ({ number }) => number },
    { key: 'at', title: t.at, width: 160, cell: ({ at }) => format.dateTime(at) },
    { key: 'people', title: t.people, width: 90, align: 'end', cell: ({ people }) => format.number(people) },
    { key: 'reason', title: t.reason, width: 320, grows: true, cell: ({ reason }) => t.reasons[reason] },
    { key: 'by', title: t.executor, width: 240, cell: ({ executorPosition }) => executorPosition ?? t.byJob },
  ]
}

function Line({ row }: { row: Row }) {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{`№ ${row.number} · ${t.reasons[row.reason]}`}</strong>
      <span>{format.number(row.people)}</span>
      <span className={styles.dim}>{format.dateTime(row.at)}</span>
    </div>
  )
}

function Act({ actId }: { actId: string }) {
  const { destruction: t } = useWords()
  const { data: act, trouble } = useAsk(destructions.card, { actId }, { everyMs: SEALED_WITHIN_MS })
  if (trouble) return <ErrorState {...trouble} />
  if (!act) return <Skeletons lines={10} />
  return (
    <Stack gap="md">
      <ActFacts act={act} />
      <Recipients act={act} />
      <div className={styles.acts}>
        <Button kind="primary" icon="download" onClick={() => void saveBytes(destructions.pdf, { actId, form: 'act' })}>
          {t.downloadAct}
        </Button>
        <Button icon="download" onClick={() => void saveBytes(destructions.pdf, { actId, form: 'journal' })}>
          {t.downloadJournal}
        </Button>
      </div>
    </Stack>
  )
}

function ActFacts({ act }: { act: z.output<typeof DestructionAct> }) {
  const [{ destruction: t, people }, format] = [useWords(), useFormat()]
  const classes: Record<string, string> = people.classes
  const tables: Record<string, string> = t.tables
  const counts = Object.entries(act.counts)
    .map(([table, count]) => `${tables[table] ?? table}: ${format.number(count)}`)
    .join('; ')
  return (
    <Facts
      facts={[
        [t.number, act.number],
        [t.at, format.dateTime(act.at)],
        [t.operator, `${act.operator.name}, ИНН ${act.operator.inn}. ${act.operator.address}`],
        [t.processor, act.processor ? `${act.processor.name}. ${act.processor.address}` : '—'],
        [t.subjects, act.people === 1 ? act.personIds[0] : format.number(act.people)],
        [t.executor, act.executorId ? [act.executorName, act.executorPosition].filter(Boolean).join(', ') : t.byJob],
        [t.categories, act.categories.map((each) => classes[each] ?? each).join(', ')],
        [t.reason, t.reasons[act.reason]],
        [t.counts, counts],
        ...(act.requestId
          ? [
              [
                t.request,
                <Link key="request" className={styles.link} to={paths.request} params={{ requestId: act.requestId }}>
                  {t.openRequest}
                </Link>,
              ] as const,
            ]
          : []),
        ...(act.personTold ? [[t.personTold, t.personToldStates[act.personTold]] as const] : []),
        [t.proof, act.proof?.position === null || !act.proof ? t.notSealed : t.sealedAt(act.proof.position ?? 0)],
        [t.keptUntil, format.calendarDate(act.keptUntil)],
      ]}
    />
  )
}
