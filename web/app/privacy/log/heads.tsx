import type { z } from 'zod'
import { type CheckedHead, log } from '../../../../contract/audit/log.ts'
import { call } from '../../../../contract/call.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from './log.module.css'
import { saveFile } from '../../../ui/save-file.ts'

type Head = z.output<typeof CheckedHead>

/** Signed heads, newest first, each with what the check of its text, chain and tree said. */
export function Heads() {
  const { privacy: t } = useWords()
  const data = usePages<Head, typeof log.heads.input, typeof log.heads.output>(log.heads, {})
  const newestOf = (head: Head): Head | undefined => data.rows.find(({ generation }) => generation === head.generation)
  return (
    <DataTable
      label={t.tabs.heads}
      data={data}
      columns={useColumns(newestOf)}
      rowKey={({ generation, size }) => `${generation}/${size}`}
      empty={{ title: t.noHeads, hint: t.noHeadsHint, icon: 'shield' }}
      card={(row) => <Line head={row} />}
      rowTone={({ status }) => (status === 'broken' ? 'late' : undefined)}
    />
  )
}

const save = ({ generation, size, note }: Head): void => saveFile(`${generation}-${size}.note`, note, 'text/plain')

function Status({ status }: Pick<Head, 'status'>) {
  const { privacy: t } = useWords()
  return <Badge tone={status === 'holds' ? 'good' : 'bad'}>{t[status]}</Badge>
}

function Save({ head }: { head: Head }) {
  const { privacy: t } = useWords()
  return (
    <Button size="xs" kind="quiet" icon="download" onClick={() => save(head)}>
      {t.note}
    </Button>
  )
}

/** That the newest head of the tree begins with this one's events: for whoever has kept this one. */
function Continued({ head, newest }: { head: Head; newest: Head | undefined }) {
  const { privacy: t } = useWords()
  if (!newest || newest.size === head.size || head.size === 0) return null
  const take = async (): Promise<void> => {
    try {
      const bundle = await call(log.consistency, { generation: head.generation, from: head.size, to: newest.size })
      saveFile(`${head.generation}-${head.size}-${newest.size}.consistency.json`, JSON.stringify(bundle, null, 2), 'application/json')
      toast.done(t.continuedDone)
    } catch (error) {
      toast.failed((error as Error).message)
    }
  }
  return (
    <Button size="xs" kind="quiet" icon="shield" onClick={() => void take()}>
      {t.continued}
    </Button>
  )
}

function useColumns(newestOf: (head: Head) => Head | undefined): Column<Head>[] {
  const [{ privacy: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'at', title: t.at, width: 160, cell: ({ at }) => format.dateTime(at) },
    { key: 'size', title: t.size, width: 190, align: 'end', cell: ({ size }) => format.number(size) },
    { key: 'status', title: t.status, width: 140, cell: ({ status }) => <Status status={status} /> },
    { key: 'root', title: t.root, width: 260, grows: true, cell: ({ root }) => <span className={styles.mono}>{root}</span> },
    { key: 'note', title: '', width: 190, cell: (row) => <Save head={row} /> },
    { key: 'continued', title: '', width: 220, cell: (row) => <Continued head={row} newest={newestOf(row)} /> },
  ]
}

function Line({ head }: { head: Head }) {
  const [{ privacy: t }, format] = [useWords(), useFormat()]
  return (
    <div className={styles.line}>
      <strong>{format.dateTime(head.at)}</strong>
      <span className={styles.row}>
        <Status status={head.status} />
        <IconButton icon="download" size={26} label={t.note} onClick={() => save(head)} />
      </span>
      <span className={styles.under}>{`${t.size}: ${format.number(head.size)}`}</span>
    </div>
  )
}
