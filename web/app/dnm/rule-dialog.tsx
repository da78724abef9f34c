import { useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { interests } from '../../../contract/crm/lead.ts'
import { type NetworkRule, NetworkRuleDraft, networkRules } from '../../../contract/dnm/rule.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { SelectField, SwitchField, TextField } from '../../ui/fields.tsx'
import { Form, type FormHandle } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.ts'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useNetworkNames } from './network-names.ts'

/** An empty field stands for any city. */
const Draft = NetworkRuleDraft.omit({ city: true }).extend({ city: z.string().trim().max(100) })
type Typed = z.output<typeof Draft>
const blank: Typed = {
  name: '',
  brandId: null,
  modelId: null,
  interest: null,
  city: '',
  wishedDealerId: null,
  toDealerId: null,
  toNetworkOutletId: null,
  onlyOpen: false,
  isActive: true,
}

/** One rule: when it fits, and which dealer gets the request then. */
export function NetworkRuleDialog({ rule, onClose }: { rule: NetworkRule | 'new' | null; onClose: () => void }) {
  const { dnm: t } = useWords()
  return (
    <Dialog isOpen={rule !== null} onClose={onClose} title={rule === 'new' ? t.newRule : t.editRule}>
      {rule && <Body rule={rule} onClose={onClose} />}
    </Dialog>
  )
}

function Body({ rule, onClose }: { rule: NetworkRule | 'new'; onClose: () => void }) {
  const [{ dnm: t }, client] = [useWords(), useQueryClient()]
  const create = useAct(networkRules.create, { isQuiet: true })
  const edit = useAct(networkRules.edit, { isQuiet: true })
  const save = async ({ city, ...draft }: Typed): Promise<void> => {
    const whole = { ...draft, city: city || null }
    await (rule === 'new' ? create.run(whole) : edit.run({ ...whole, networkRuleId: rule.id, version: rule.version }))
    await client.invalidateQueries({ queryKey: keyOf(networkRules.list) })
    toast.done(t.saved)
    onClose()
  }
  return (
    <Form schema={Draft} initial={rule === 'new' ? blank : { ...blank, ...rule, city: rule.city ?? '' }} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.ruleName} hint={t.ruleNameHint} required autoFocus maxLength={120} {...form.field('name')} />
          <When form={form} />
          <Then form={form} />
          <SwitchField label={t.onlyOpen} {...form.field('onlyOpen')} />
          <SwitchField label={t.ruleActive} {...form.field('isActive')} />
        </Stack>
      )}
    </Form>
  )
}

function When({ form }: { form: FormHandle<Typed> }) {
  const [{ dnm: t, leads }, { dealers, models }] = [useWords(), useNetworkNames()]
  const brands = [...new Map(models.map(({ brandId, brand }) => [brandId, brand]))].map(([value, label]) => ({ value, label }))
  const { brandId } = form.draft
  return (
    <>
      {brands.length > 1 && <SelectField label={`${t.when}: ${t.brand}`} clearable placeholder={t.anyBrand} choices={brands} {...form.field('brandId')} />}
      <SelectField
        label={`${t.when}: ${t.model}`}
        clearable
        placeholder={t.anyModel}
        choices={models.filter((model) => brandId === null || model.brandId === brandId).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('modelId')}
      />
      <SelectField
        label={`${t.when}: ${t.interest}`}
        clearable
        placeholder={t.anyInterest}
        choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
        {...form.field('interest')}
      />
      <TextField label={`${t.when}: ${t.city}`} hint={t.anyCity} maxLength={100} {...form.field('city')} />
      <SelectField
        label={`${t.when}: ${t.wishedDealer}`}
        clearable
        placeholder={t.anyWish}
        choices={dealers.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('wishedDealerId')}
      />
    </>
  )
}

function Then({ form }: { form: FormHandle<Typed> }) {
  const [{ dnm: t }, { dealers, outlets }] = [useWords(), useNetworkNames()]
  const { toDealerId } = form.draft
  return (
    <>
      <SelectField
        label={`${t.then}: ${t.toDealer}`}
        clearable
        placeholder={t.least}
        choices={dealers.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('toDealerId')}
        onChange={(chosen) => form.set({ toDealerId: chosen, toNetworkOutletId: null })}
      />
      <SelectField
        label={`${t.then}: ${t.toOutlet}`}
        clearable
        placeholder={t.least}
        choices={outlets.filter(({ dealerId }) => toDealerId === null || dealerId === toDealerId).map(({ id, name, dealer }) => ({ value: id, label: `${dealer}, ${name}` }))}
        {...form.field('toNetworkOutletId')}
      />
    </>
  )
}
