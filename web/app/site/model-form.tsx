import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { ModelDraft, siteContent, type ModelContent } from '../../../contract/site/content.ts'
import { bodyTypes } from '../../../contract/site/showcase.ts'
import { Button } from '../../ui/button.tsx'
import { MoneyField, NumberField, SelectField, SwitchField, TextField } from '../../ui/fields.tsx'
import { Form } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.ts'
import { useFormat } from '../../ui/provider.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf } from '../data/ask.ts'
import { useVersion } from '../data/use-version.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import styles from './site.module.css'

type TrimDraft = { name: string; priceKopecks: number | null }
type Draft = { headline: string; bodyType: ModelContent['bodyType'] | null; trims: TrimDraft[]; place: number | null; isShown: boolean }

/** What the site says of a model. The price "from" follows from the trims. */
export function ModelForm({ model, onDone }: { model: ModelContent; onDone: () => void }) {
  const [{ siteContent: t }, client, { why }, format] = [useWords(), useQueryClient(), useRights(), useFormat()]
  const names = { isShown: t.isShown, headline: t.modelHeadline, bodyType: t.body, place: t.place, trims: t.trims }
  const say = (field: string, value: unknown): string | undefined => {
    if (field === 'bodyType') return t.bodies[value as ModelContent['bodyType']]
    return field === 'trims' ? (value as TrimDraft[]).map(({ name, priceKopecks }) => `${name}, ${format.money(priceKopecks ?? 0)}`).join('; ') : undefined
  }
  const saving = useVersion(model.version, names, say)
  const edit = useAct(siteContent.editModel, { isQuiet: true })
  const save = async (draft: z.output<typeof ModelDraft>): Promise<void> => {
    await saving((version) => edit.run({ ...draft, modelId: model.modelId, version }))
    await client.invalidateQueries({ queryKey: keyOf(siteContent.show) })
    toast.done(t.saved)
    onDone()
  }
  const initial: Draft = {
    headline: model.headline,
    bodyType: model.version === 0 ? null : model.bodyType,
    trims: model.trims.length > 0 ? model.trims : [{ name: '', priceKopecks: null }],
    place: model.place,
    isShown: model.isShown || model.version === 0,
  }
  return (
    <Form schema={ModelDraft} initial={initial} onSubmit={save} onCancel={onDone} disabledReason={why(siteContent.editModel)}>
      {(form) => (
        <Stack gap="sm">
          <SwitchField label={t.isShown} {...form.field('isShown')} />
          <TextField label={t.modelHeadline} required maxLength={200} {...form.field('headline')} />
          <SelectField label={t.body} required choices={bodyTypes.map((value) => ({ value, label: t.bodies[value] }))} {...form.field('bodyType')} />
          <NumberField label={t.place} required min={0} {...form.field('place')} />
          <Trims trims={form.draft.trims} onChange={(trims) => form.set({ trims })} error={form.field('trims').error} />
        </Stack>
      )}
    </Form>
  )
}

function Trims({ trims, onChange, error }: { trims: TrimDraft[]; onChange: (trims: TrimDraft[]) => void; error: React.ReactNode }) {
  const { siteContent: t } = useWords()
  const change = (at: number, more: Partial<TrimDraft>): void => onChange(trims.map((trim, i) => (i === at ? { ...trim, ...more } : trim)))
  return (
    <fieldset className={styles.trims}>
      <legend>{t.trims}</legend>
      {trims.map((trim, at) => (
        <div key={at} className={styles.trim}>
          <TextField label={t.trim} required maxLength={100} value={trim.name} onChange={(name) => change(at, { name })} />
          <MoneyField label={t.trimPrice} required value={trim.priceKopecks} onChange={(priceKopecks) => change(at, { priceKopecks })} />
          <Button kind="quiet" icon="bin" onClick={() => onChange(trims.filter((_, i) => i !== at))}>
            {t.removeTrim}
          </Button>
        </div>
      ))}
      {error && <div role="alert">{error}</div>}
      <Button icon="plus" onClick={() => onChange([...trims, { name: '', priceKopecks: null }])}>
        {t.addTrim}
      </Button>
    </fieldset>
  )
}
