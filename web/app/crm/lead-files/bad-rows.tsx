import { type LeadFile, type LeadFileRow, leadFiles } from '../../../../contract/crm/lead-file.ts'
import { Button } from '../../../ui/button.tsx'
import { saveFile } from '../../../ui/save-file.ts'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { headingsOf } from './headings.ts'
import styles from './lead-files.module.css'

/** Where and what is wrong, row by row, without a value; the rows themselves come as a table when they are asked for. */
export function BadRows({ file }: { file: LeadFile }) {
  const [{ intake: t }, { why }] = [useWords(), useRights()]
  const data = usePages<LeadFileRow, typeof leadFiles.rows.input, typeof leadFiles.rows.output>(leadFiles.rows, { fileId: file.id, status: 'bad' }, { live: ['lead_file'] })
  const errors = useAct(leadFiles.errors, {
    done: ({ csv, isCut }) => {
      saveFile(`leads-errors-${file.createdAt.slice(0, 10)}.csv`, csv, 'text/csv;charset=utf-8')
      if (isCut) toast.done(t.errorsCut)
    },
  })
  if (file.rows.bad === 0) return <p className={styles.dim}>{t.noBad}</p>
  const headings = headingsOf(file.id)
  const sayProblems = ({ problems }: LeadFileRow): string =>
    problems.map(({ column, code }) => `${column === null ? '' : `${headings[column - 1] ?? t.column(column)}: `}${t.rowProblems[code] ?? code}`).join('; ')
  const columns: Column<LeadFileRow>[] = [
    { key: 'line', title: t.line, width: 90, align: 'end', cell: ({ line }) => line },
    { key: 'wrong', title: t.wrong, width: 300, grows: true, cell: sayProblems },
  ]
  return (
    <>
      <div className={styles.acts}>
        <Button icon="download" busy={errors.isBusy} disabledReason={why(leadFiles.errors)} onClick={() => errors.fire({ fileId: file.id })}>
          {t.downloadErrors}
        </Button>
        <span className={styles.dim}>{t.downloadHint}</span>
      </div>
      <div className={styles.rows}>
        <DataTable label={t.bad} data={data} columns={columns} rowKey={({ line }) => String(line)} empty={{ title: t.noBad, icon: 'check' }} />
      </div>
    </>
  )
}
