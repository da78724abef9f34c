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
import { useVersion } from '../data/use-version.ts'
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
  const saving = useVersion(rule === 'new' ? 0 : rule.version, useNames(), useSaid(), (current) => ({ ...current, city: current.city ?? '' }))
  const save = async ({ city, ...draft }: Typed): Promise<void> => {
    const whole = { ...draft, city: city || null }
    await (rule === 'new' ? create.run(whole) : saving((version) => edit.run({ ...whole, networkRuleId: rule.id, version })))
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

function useNames(): Record<keyof Typed, string> {
  const { dnm: t } = useWords()
  return {
    name: t.ruleName,
    brandId: `${t.when}: ${t.brand}`,
    modelId: `${t.when}: ${t.model}`,
    interest: `${t.when}: ${t.interest}`,
    city: `${t.when}: ${t.city}`,
    wishedDealerId: `${t.when}: ${t.wishedDealer}`,
    toDealerId: `${t.then}: ${t.toDealer}`,
    toNetworkOutletId: `${t.then}: ${t.toOutlet}`,
    onlyOpen: t.onlyOpen,
    isActive: t.ruleActive,
  }
}

/** Codes and ids of a rule in words. */
function useSaid(): (field: string, value: unknown) => string | undefined {
  const [{ dnm: t, leads }, { dealers, outlets, models }] = [useWords(), useNetworkNames()]
  const nameIn = (rows: readonly { id: string; name: string }[], value: unknown, none: string): string | undefined =>
    value === null ? none : rows.find(({ id }) => id === value)?.name
  return (field, value) => {
    switch (field as keyof Typed) {
      case 'brandId':
        return value === null ? t.anyBrand : models.find(({ brandId }) => brandId === value)?.brand
      case 'modelId':
        return nameIn(models, value, t.anyModel)
      case 'interest':
        return value === null ? t.anyInterest : leads.interests[value as (typeof interests)[number]]
      case 'wishedDealerId':
        return nameIn(dealers, value, t.anyWish)
      case 'toDealerId':
        return nameIn(dealers, value, t.least)
      case 'toNetworkOutletId':
        return nameIn(outlets, value, t.least)
      case 'name':
      case 'city':
      case 'onlyOpen':
      case 'isActive':
        return undefined
    }
  }
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
