import { useState } from 'react'
import { log, type LogEntry } from '../../../../contract/audit/log.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { SwitchField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { EntryDetails } from './entry-details.tsx'
import { EntryLine, useEntryColumns } from './entry-columns.tsx'
import styles from './log.module.css'

/** What the log says of me: everybody may know. */
export function MyLog() {
  const { privacy: t } = useWords()
  const [withColleagues, setWithColleagues] = useState(false)
  const data = usePages<LogEntry, typeof log.mine.input, typeof log.mine.output>(log.mine, withColleagues ? {} : { without: 'staff.named' })
  const [open, setOpen] = useState<LogEntry | null>(null)
  return (
    <Page title={t.myLog} filters={<SwitchField label={t.withColleagues} value={withColleagues} onChange={setWithColleagues} />}>
      <p className={styles.hint}>{t.myLogHint}</p>
      <DataTable
        label={t.myLog}
        data={data}
        columns={useEntryColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.emptyMine, hint: t.emptyMineHint, icon: 'log' }}
        onOpen={setOpen}
        onPeek={setOpen}
        card={(row) => <EntryLine entry={row} />}
      />
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={t.entry}>
        {open && <EntryDetails entry={open} key={open.id} />}
      </Drawer>
    </Page>
  )
}
