import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type LeadFile, leadFiles } from '../../../../contract/crm/lead-file.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from './lead-files.module.css'
import { UploadForm } from './upload-form.tsx'

const tones: Record<LeadFile['status'], Tone> = {
  uploaded: 'info',
  checking: 'info',
  checked: 'accent',
  importing: 'info',
  imported: 'good',
  undoing: 'info',
  undone: 'neutral',
  failed: 'bad',
}

export function FileStatus({ status }: Pick<LeadFile, 'status'>) {
  const { intake: t } = useWords()
  return <Badge tone={tones[status]}>{t.fileStatuses[status]}</Badge>
}

/** Tables of leads that were uploaded, with how far each is. */
export function LeadFilesPage() {
  const [{ intake: t }, format, { why }, navigate] = [useWords(), useFormat(), useRights(), useNavigate()]
  const [isUploading, setUploading] = useState(false)
  const data = usePages<LeadFile, typeof leadFiles.list.input, typeof leadFiles.list.output>(leadFiles.list, {}, { live: ['lead_file'] })
  const cannot = why(leadFiles.upload)
  useShortcut('KeyC', cannot ? null : { label: t.upload, run: () => setUploading(true) })
  const open = (fileId: string): void => void navigate({ to: paths.leadFile, params: { fileId } })
  const create = (
    <Button kind="primary" icon="upload" keycap="C" disabledReason={cannot} onClick={() => setUploading(true)}>
      {t.upload}
    </Button>
  )
  const columns: Column<LeadFile>[] = [
    { key: 'created', title: t.received, width: 150, cell: ({ createdAt }) => format.dateTime(createdAt) },
    { key: 'source', title: t.source, width: 200, grows: true, cell: ({ source }) => source },
    { key: 'status', title: t.status, width: 140, cell: (file) => <FileStatus status={file.status} /> },
    { key: 'total', title: t.total, width: 110, align: 'end', cell: ({ rows }) => format.number(rows.total) },
    { key: 'bad', title: t.bad, width: 110, align: 'end', cell: ({ rows }) => format.number(rows.bad) },
    { key: 'done', title: t.done, width: 110, align: 'end', cell: ({ rows }) => format.number(rows.done - rows.undone) },
  ]
  return (
    <Page title={t.files} actions={create}>
      <div className={shapes.fills}>
        <DataTable
          label={t.files}
          data={data}
          columns={columns}
          rowKey={({ id }) => id}
          empty={{ title: t.noFiles, hint: t.filesHint, icon: 'upload', action: create }}
          onOpen={({ id }) => open(id)}
          card={({ source, status, createdAt, rows }) => (
            <div className={shapes.message}>
              <strong>{source}</strong>
              <FileStatus status={status} />
              <span className={styles.dim}>{format.dateTime(createdAt)}</span>
              <span className={styles.dim}>
                {format.number(rows.done)} / {format.number(rows.total)}
              </span>
            </div>
          )}
        />
      </div>
      <Dialog isOpen={isUploading} onClose={() => setUploading(false)} title={t.upload}>
        <UploadForm onClose={() => setUploading(false)} onUploaded={open} />
      </Dialog>
    </Page>
  )
}
