import { useState } from 'react'
import { z } from 'zod'
import { ApiError, call } from '../../../../contract/call.ts'
import { LEAD_FILE_MAX_BYTES, leadFileBases, leadFiles } from '../../../../contract/crm/lead-file.ts'
import { interests } from '../../../../contract/crm/lead.ts'
import { sources } from '../../../../contract/crm/routing.ts'
import { CheckField, SelectField } from '../../../ui/fields.tsx'
import { FileField } from '../../../ui/file-field.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { withProof } from '../../session/proof.tsx'
import { keepHeadings } from './headings.ts'

const SENT = { timeoutMs: 300_000, contentType: 'application/octet-stream' }
const Draft = z.object({ sourceId: z.uuid(), basis: z.enum(leadFileBases), interest: z.enum(interests), isAttested: z.boolean() })
type Draft = { sourceId: string; basis: (typeof leadFileBases)[number] | null; interest: (typeof interests)[number]; isAttested: boolean }

/** A table, where it is from, and on what basis its people are held: without that it is not taken. */
export function UploadForm({ onClose, onUploaded }: { onClose: () => void; onUploaded: (fileId: string) => void }) {
  const { intake: t, leads } = useWords()
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  const [file, setFile] = useState<File | null>(null)
  const [wrong, setWrong] = useState<string | null>(null)
  if (!data) return <Skeletons />
  const open = data.sources.filter(({ isActive }) => isActive)
  const usual = open.find(({ channel }) => channel === 'file') ?? open[0]
  const send = async ({ isAttested, ...draft }: z.output<typeof Draft>): Promise<void> => {
    setWrong(file ? (file.size > LEAD_FILE_MAX_BYTES ? (t.tableProblems.too_large ?? null) : null) : t.needFile)
    if (!file || file.size > LEAD_FILE_MAX_BYTES) return
    if (!isAttested) throw new ApiError('invalid', 422, { error: 'invalid', message: t.needAttest, fields: [{ at: 'isAttested', why: t.needAttest }] })
    try {
      const fileName = /\.xlsx$/i.test(file.name) ? 'leads.xlsx' : 'leads.csv'
      const { id, headings } = await withProof(() => call(leadFiles.upload, { ...draft, attested: 'yes', fileName, body: file }, SENT))
      keepHeadings(id, headings)
      toast.done(t.uploaded)
      onClose()
      onUploaded(id)
    } catch (error) {
      const why = error instanceof ApiError ? error.fields.find(({ at }) => at === 'body')?.why : undefined
      if (why === undefined) throw error
      setWrong(t.tableProblems[why] ?? why)
    }
  }
  const choose = (chosen: File | null): void => (setWrong(null), setFile(chosen))
  const initial: Draft = { sourceId: usual?.id ?? '', basis: null, interest: 'callback', isAttested: false }
  return (
    <Form schema={Draft} initial={initial} onSubmit={send} onCancel={onClose} submitLabel={t.upload} disabledReason={open.length === 0 ? leads.noSources : null}>
      {(form) => (
        <Stack gap="sm">
          <FileField label={t.file} prompt={t.chooseFile} accept=".csv,.txt,.xlsx,text/csv" autoFocus file={file} onChange={choose} error={wrong} />
          <SelectField
            label={t.source}
            required
            choices={open.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.field('sourceId')}
            onChange={(sourceId) => sourceId && form.set({ sourceId })}
          />
          <SelectField
            label={t.defaultInterest}
            required
            choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
            {...form.field('interest')}
            onChange={(interest) => interest && form.set({ interest })}
          />
          <SelectField
            label={t.basis}
            required
            choices={leadFileBases.map((value) => ({ value, label: t.bases[value] }))}
            {...form.field('basis')}
            onChange={(basis) => form.set({ basis })}
          />
          <CheckField label={t.attest} hint={t.attestHint} {...form.field('isAttested')} />
        </Stack>
      )}
    </Form>
  )
}
