import type { z } from 'zod'
import { MailingDraft, mailings } from '../../../contract/mailing/mailing.ts'
import { templates, type Template } from '../../../contract/mailing/template.ts'
import { register } from '../../../contract/people/register.ts'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Form, type FormHandle } from '../../ui/form.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { ModelField } from '../crm/deals/pick-model.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useSession } from '../session/session.tsx'
import { AudiencePreview } from './audience-preview.tsx'
import { WritingDesk } from '../shared/written-text.tsx'

type Draft = z.output<typeof MailingDraft>
/** Of each template the newest version. */
export const newestOf = (rows: readonly Template[]): Template[] => rows.filter(({ code, version }) => !rows.some((other) => other.code === code && other.version > version))

/** What is sent, to whom, and beside it how many of these may be written to at all. Nothing leaves by preparing it. */
export function NewMailing({ onClose, onPrepared }: { onClose: () => void; onPrepared: (mailingId: string) => void }) {
  const [{ mailing: t }, { outlet }] = [useWords(), useSession()]
  const { data, trouble } = useAsk(templates.list, { kind: 'advertising', limit: 200 })
  const create = useAct(mailings.create, { changes: ['mailing'], isQuiet: true })
  const save = async (draft: Draft): Promise<void> => {
    const { id } = await create.run(draft)
    toast.done(t.prepared)
    onPrepared(id)
  }
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={8} />
  const choices = newestOf(data.rows)
  const blank: Draft = { name: '', templateId: choices[0]?.id ?? '', outletId: outlet?.id ?? null, modelId: null, activityId: null }
  return (
    <Form schema={MailingDraft} initial={blank} onSubmit={save} onCancel={onClose} submitLabel={t.prepare} disabledReason={choices.length === 0 ? t.noTemplates : null}>
      {(form) => <WritingDesk fields={<Fields form={form} choices={choices} />} preview={<Preview draft={form.draft} choices={choices} />} />}
    </Form>
  )
}

function Fields({ form, choices }: { form: FormHandle<Draft>; choices: readonly Template[] }) {
  const [{ mailing: t }, { outlet, outlets }] = [useWords(), useSession()]
  const { data } = useAsk(register.list, {}, { staleMs: 300_000 })
  const activities = (data?.activities ?? []).filter(({ classes, purposes }) => classes.includes('contact') && !purposes.includes('employment'))
  return (
    <>
      <TextField label={t.name} hint={t.nameHint} required autoFocus maxLength={120} {...form.field('name')} />
      <SelectField
        label={t.template}
        required
        choices={choices.map(({ id, name, version, channel }) => ({ value: id, label: `${name}, ${t.version(version)} · ${t.channels[channel]}` }))}
        {...form.field('templateId')}
        onChange={(chosen) => chosen && form.set({ templateId: chosen })}
      />
      {!outlet && outlets.length > 1 && (
        <SelectField label={t.outlet} clearable placeholder={t.any} choices={outlets.map(({ id, name }) => ({ value: id, label: name }))} {...form.field('outletId')} />
      )}
      <ModelField label={t.model} placeholder={t.any} {...form.field('modelId')} />
      <SelectField label={t.activity} clearable placeholder={t.any} choices={activities.map(({ id, name }) => ({ value: id, label: name }))} {...form.field('activityId')} />
    </>
  )
}

function Preview({ draft, choices }: { draft: Draft; choices: readonly Template[] }) {
  const channel = choices.find(({ id }) => id === draft.templateId)?.channel
  if (!channel) return null
  const { outletId, modelId, activityId } = draft
  return <AudiencePreview key={JSON.stringify([channel, outletId, modelId, activityId])} filter={{ channel, outletId, modelId, activityId }} />
}
