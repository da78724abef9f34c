import type { z } from 'zod'
import { type CheckedHead, log } from '../../../../contract/audit/log.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from './log.module.css'
import { saveFile } from './save-file.ts'

type Head = z.output<typeof CheckedHead>

/** Signed heads, newest first, each with what the check of its text, chain and tree said. */
export function Heads() {
  const { privacy: t } = useWords()
  const data = usePages<Head, typeof log.heads.input, typeof log.heads.output>(log.heads, {})
  return (
    <DataTable
      label={t.tabs.heads}
      data={data}
      columns={useColumns()}
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

function useColumns(): Column<Head>[] {
  const [{ privacy: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'at', title: t.at, width: 160, cell: ({ at }) => format.dateTime(at) },
    { key: 'size', title: t.size, width: 190, align: 'end', cell: ({ size }) => format.number(size) },
    { key: 'status', title: t.status, width: 140, cell: ({ status }) => <Status status={status} /> },
    { key: 'root', title: t.root, width: 260, grows: true, cell: ({ root }) => <span className={styles.mono}>{root}</span> },
    { key: 'note', title: '', width: 190, cell: (row) => <Save head={row} /> },
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
