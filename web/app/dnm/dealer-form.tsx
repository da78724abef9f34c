import { useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { DealerDraft, type NetworkDealer, networkDealers } from '../../../contract/dnm/dealer.ts'
import { deliveries } from '../../../contract/dnm/network-lead.ts'
import { networkRules } from '../../../contract/dnm/rule.ts'
import { CheckField, DateField, NumberField, SelectField, SwitchField, TextField } from '../../ui/fields.tsx'
import { Form, type FormHandle } from '../../ui/form.tsx'
import { Stack } from '../../ui/layout.ts'
import { useFormat } from '../../ui/provider.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { keyOf, useAsk } from '../data/ask.ts'
import { useVersion } from '../data/use-version.ts'
import { useWords } from '../language.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'

/** As people type it: cities in one line, an empty field for what is not said. */
const Draft = DealerDraft.omit({ cities: true, dealerTenantId: true, pushUrl: true, region: true, agreementNumber: true }).extend({
  cities: z.string().max(1_000),
  dealerTenantId: z.union([z.literal(''), z.uuid()]),
  pushUrl: z.union([z.literal(''), DealerDraft.shape.pushUrl.unwrap().unwrap()]),
  region: z.string().trim().max(100),
  agreementNumber: z.string().trim().max(100),
  isActive: z.boolean(),
})
type Typed = z.output<typeof Draft>

const blank: Typed = {
  code: '',
  name: '',
  delivery: 'crm',
  dealerTenantId: '',
  pushUrl: '',
  brandIds: [],
  cities: '',
  region: '',
  dailyCapacity: null,
  agreementNumber: '',
  agreementFrom: null,
  agreementUntil: null,
  isActive: true,
}
const typedOf = (dealer: Pick<NetworkDealer, keyof Typed>): Typed => ({
  ...dealer,
  dealerTenantId: dealer.dealerTenantId ?? '',
  pushUrl: dealer.pushUrl ?? '',
  cities: dealer.cities.join(', '),
  region: dealer.region ?? '',
  agreementNumber: dealer.agreementNumber ?? '',
})
const namesIn = (text: string): string[] => [...new Set(text.split(',').map((city) => city.trim()))].filter((city) => city !== '')

/** A new dealer, or what of one can be changed. */
export function DealerForm({ dealer, onDone }: { dealer: NetworkDealer | null; onDone: () => void }) {
  const [{ dnm: t }, client] = [useWords(), useQueryClient()]
  const create = useAct(networkDealers.create, { isQuiet: true })
  const edit = useAct(networkDealers.edit, { isQuiet: true })
  const saving = useVersion(dealer?.version ?? 0, useNames(), useSaid(), (current) => typedOf(current as NetworkDealer))
  const save = async ({ code, dealerTenantId, cities, pushUrl, region, agreementNumber, isActive, ...rest }: Typed): Promise<void> => {
    const shared = { ...rest, cities: namesIn(cities), pushUrl: pushUrl || null, region: region || null, agreementNumber: agreementNumber || null }
    await (dealer ? saving((version) => edit.run({ ...shared, isActive, dealerId: dealer.id, version })) : create.run({ ...shared, code, dealerTenantId: dealerTenantId || null }))
    await client.invalidateQueries({ queryKey: keyOf(networkDealers.list) })
    toast.done(t.saved)
    onDone()
  }
  return (
    <Form schema={Draft} initial={dealer ? typedOf(dealer) : blank} onSubmit={save} onCancel={onDone}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.dealerName} required autoFocus maxLength={200} {...form.field('name')} />
          {!dealer && <TextField label={t.dealerCode} hint={t.dealerCodeHint} required maxLength={40} {...form.field('code')} />}
          <SelectField
            label={t.delivery}
            required
            choices={deliveries.map((value) => ({ value, label: t.deliveries[value] }))}
            {...form.field('delivery')}
            onChange={(delivery) => delivery && form.set({ delivery })}
          />
          {!dealer && form.draft.delivery === 'crm' && <TextField label={t.company} hint={t.companyHint} required {...form.field('dealerTenantId')} />}
          {form.draft.delivery === 'push' && <TextField label={t.pushUrl} required maxLength={500} {...form.field('pushUrl')} />}
          <Brands form={form} />
          <TextField label={t.cities} hint={t.citiesHint} {...form.field('cities')} />
          <TextField label={t.region} maxLength={100} {...form.field('region')} />
          <NumberField label={t.capacity} hint={t.capacityNone} min={1} {...form.field('dailyCapacity')} />
          <TextField label={t.agreementNumber} maxLength={100} {...form.field('agreementNumber')} />
          <DateField label={t.agreementFrom} {...form.field('agreementFrom')} />
          <DateField label={t.agreementUntil} {...form.field('agreementUntil')} />
          {dealer && <SwitchField label={t.isActive} {...form.field('isActive')} />}
        </Stack>
      )}
    </Form>
  )
}

function useNames(): Partial<Record<keyof Typed, string>> {
  const { dnm: t } = useWords()
  return {
    name: t.dealerName,
    delivery: t.delivery,
    pushUrl: t.pushUrl,
    brandIds: t.brands,
    cities: t.cities,
    region: t.region,
    dailyCapacity: t.capacity,
    agreementNumber: t.agreementNumber,
    agreementFrom: t.agreementFrom,
    agreementUntil: t.agreementUntil,
    isActive: t.isActive,
  }
}

function useSaid(): (field: string, value: unknown) => string | undefined {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  const { data } = useAsk(networkRules.models, {}, { staleMs: 300_000 })
  const brandOf = (id: string): string => data?.models.find(({ brandId }) => brandId === id)?.brand ?? id
  return (field, value) => {
    if (field === 'delivery') return t.deliveries[value as Typed['delivery']]
    if (field === 'brandIds') return (value as string[]).map(brandOf).join(', ') || t.allBrands
    if (field === 'dailyCapacity') return value === null ? t.capacityNone : undefined
    return (field === 'agreementFrom' || field === 'agreementUntil') && typeof value === 'string' ? format.date(value) : undefined
  }
}

function Brands({ form }: { form: FormHandle<Typed> }) {
  const { dnm: t } = useWords()
  const { data } = useAsk(networkRules.models, {}, { staleMs: 300_000 })
  const brands = [...new Map((data?.models ?? []).map(({ brandId, brand }) => [brandId, brand]))]
  if (brands.length < 2) return null
  const chosen = form.draft.brandIds
  return (
    <fieldset className={styles.choices}>
      <legend>
        {t.brands} <span className={shapes.hint}>({chosen.length === 0 ? t.allBrands : chosen.length})</span>
      </legend>
      {brands.map(([id, name]) => (
        <CheckField key={id} label={name} value={chosen.includes(id)} onChange={(isOn) => form.set({ brandIds: isOn ? [...chosen, id] : chosen.filter((each) => each !== id) })} />
      ))}
    </fieldset>
  )
}
