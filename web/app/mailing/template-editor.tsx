import { templates, messageChannels, type Template, type TemplateDraft } from '../../../contract/mailing/template.ts'
import { messageKinds } from '../../../contract/consent/consent.ts'
import { confirm, Dialog } from '../../ui/dialog.tsx'
import { ChoiceField, TextAreaField, TextField } from '../../ui/fields.tsx'
import { Form, type FormHandle } from '../../ui/form.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useWords } from '../language.tsx'
import { Lint, WritingDesk } from '../shared/written-text.tsx'
import { draftOf, draftSchema, lintDraft } from './template-draft.ts'
import { TemplateText } from './template-text.tsx'

type EditorProps = { before: Template | 'new' | null; onClose: () => void; onPublished: () => void }

/** Writes the next version beside its preview; what stands in the way is said by field while one types, and again by the server. */
export function TemplateEditor({ before, onClose, onPublished }: EditorProps) {
  const { mailing: t } = useWords()
  return (
    <Dialog isOpen={before !== null} onClose={onClose} title={before === 'new' || before === null ? t.newTemplate : `${before.name}: ${t.newVersion}`} size="xl">
      {before && <Body before={before === 'new' ? null : before} onClose={onClose} onPublished={onPublished} />}
    </Dialog>
  )
}

function Body({ before, onClose, onPublished }: { before: Template | null; onClose: () => void; onPublished: () => void }) {
  const { mailing: t } = useWords()
  const publish = useAct(templates.publish, { isQuiet: true })
  const save = async (draft: TemplateDraft): Promise<void> => {
    if (!(await confirm({ title: t.publishAsk, text: t.publishText, confirm: t.publish }))) return
    const { version } = await publish.run(draft)
    toast.done(t.published(version))
    onPublished()
  }
  return (
    <Form schema={draftSchema} initial={draftOf(before)} onSubmit={save} onCancel={onClose} submitLabel={t.publish}>
      {(form) => (
        <WritingDesk
          title={t.preview}
          fields={<Fields form={form} isNew={before === null} />}
          preview={
            <>
              <TemplateText template={form.draft} />
              <Lint words={t} problems={lintDraft(form.draft).map(({ at, why }) => ({ field: t[at], why }))} />
            </>
          }
        />
      )}
    </Form>
  )
}

/** What a template is for and how it travels is chosen once, with its code. */
function Fields({ form, isNew }: { form: FormHandle<TemplateDraft>; isNew: boolean }) {
  const { mailing: t } = useWords()
  return (
    <>
      {isNew && (
        <>
          <ChoiceField label={t.kind} value={form.draft.kind} onChange={(kind) => form.set({ kind })} choices={messageKinds.map((value) => ({ value, label: t.kinds[value] }))} />
          <ChoiceField
            label={t.channel}
            value={form.draft.channel}
            onChange={(channel) => form.set({ channel, ...(channel === 'sms' ? { subject: '' } : {}) })}
            choices={messageChannels.map((value) => ({ value, label: t.channels[value] }))}
          />
          <TextField label={t.code} hint={t.codeHint} required maxLength={40} {...form.field('code')} />
        </>
      )}
      <TextField label={t.templateName} hint={t.nameHint} required maxLength={120} {...form.field('name')} />
      {form.draft.channel === 'email' && <TextField label={t.subject} required maxLength={150} {...form.field('subject')} />}
      <TextAreaField label={t.body} hint={t.bodyHint} rows={8} required maxLength={5_000} {...form.field('body')} />
    </>
  )
}
