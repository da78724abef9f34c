import { renderText } from '../../../../contract/consent/render-text.ts'
import { consents, type ConsentKind, type ConsentParts } from '../../../../contract/consent/consent.ts'
import { ApiError } from '../../../../contract/call.ts'
import { tenants } from '../../../../contract/identity/tenant.ts'
import { confirm, Dialog } from '../../../ui/dialog.tsx'
import { CheckField, NumberField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form, type FormHandle } from '../../../ui/form.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { Lint, WritingDesk, WrittenText } from '../../shared/written-text.tsx'
import { draftOf, draftSchema, fieldOf, lintDraft, partsOf, type TextDraft } from './text-draft.ts'

type EditorProps = { kind: ConsentKind | null; before: { parts: ConsentParts; validDays: number } | null; onClose: () => void; onPublished: () => void }

/** Writes the next version beside its preview; what is in the way of publishing is said by field, while one types and again by the server. */
export function TextEditor({ kind, before, onClose, onPublished }: EditorProps) {
  const { consent: t } = useWords()
  return (
    <Dialog isOpen={kind !== null} onClose={onClose} title={kind ? t.editor(t.kinds[kind]) : t.newVersion} size="xl">
      {kind && <Body kind={kind} before={before} onClose={onClose} onPublished={onPublished} />}
    </Dialog>
  )
}

function Body({ kind, before, onClose, onPublished }: Omit<EditorProps, 'kind'> & { kind: ConsentKind }) {
  const { consent: t } = useWords()
  const { data: company, trouble } = useAsk(tenants.show, {})
  const publish = useAct(consents.publishText, { isQuiet: true })
  const save = async (draft: TextDraft): Promise<void> => {
    if (!(await confirm({ title: t.publishAsk, text: t.publishText, confirm: t.publish }))) return
    try {
      const { version } = await publish.run({ kind, parts: partsOf(draft), validDays: draft.validDays ?? 0 })
      toast.done(t.published(version))
      onPublished()
    } catch (error) {
      throw byField(error)
    }
  }
  if (trouble) return <ErrorState {...trouble} />
  if (!company) return <Skeletons lines={10} />
  return (
    <Form schema={draftSchema(kind)} initial={draftOf(before, company)} onSubmit={save} onCancel={onClose} submitLabel={t.publish}>
      {(form) => <WritingDesk title={t.preview} fields={<Fields form={form} />} preview={<Preview kind={kind} draft={form.draft} />} />}
    </Form>
  )
}

/** The server names the parts of the contract; the form knows the fields of the editor. */
function byField(error: unknown): unknown {
  if (error instanceof ApiError) for (const field of error.fields) field.at = fieldOf(field.at)
  return error
}

function Fields({ form }: { form: FormHandle<TextDraft> }) {
  const { consent: t } = useWords()
  return (
    <>
      <TextAreaField label={t.purpose} hint={t.purposeHint} rows={2} required {...form.field('purpose')} />
      <TextAreaField label={t.data} hint={t.linesHint} rows={3} required {...form.field('data')} />
      <TextAreaField label={t.operations} hint={t.linesHint} rows={3} required {...form.field('operations')} />
      <TextAreaField label={t.methods} rows={2} required {...form.field('methods')} />
      <TextAreaField label={t.processors} hint={t.processorsHint} rows={2} {...form.field('processors')} />
      <TextAreaField label={t.termWords} rows={1} required {...form.field('term')} />
      <NumberField label={t.validDays} unit={t.dayUnit} min={1} max={3650} required {...form.field('validDays')} />
      <TextAreaField label={t.withdrawal} rows={2} required {...form.field('withdrawal')} />
      <CheckField label={t.isWritten} hint={t.isWrittenHint} {...form.field('isWritten')} />
      <TextField label={t.operatorName} required {...form.field('operatorName')} />
      <TextAreaField label={t.operatorAddress} rows={1} required {...form.field('operatorAddress')} />
    </>
  )
}

function Preview({ kind, draft }: { kind: ConsentKind; draft: TextDraft }) {
  const { consent: t } = useWords()
  const names: Record<keyof TextDraft, string> = { ...t, term: t.termWords }
  return (
    <>
      <WrittenText>{renderText(kind, partsOf(draft))}</WrittenText>
      <Lint words={t} problems={lintDraft(kind, draft).map(({ field, why }) => ({ field: names[field], why }))} />
    </>
  )
}
