import { stock } from '../../../../contract/crm/stock.ts'
import { type Bound, SelectField } from '../../../ui/fields.tsx'
import { useAsk } from '../../data/ask.ts'

const HOUR_MS = 3_600_000

/** The catalogue, kept for an hour. */
export function useModels(): { value: string; label: string }[] {
  const { data } = useAsk(stock.models, {}, { staleMs: HOUR_MS })
  return (data?.models ?? []).map(({ id, name, brand }) => ({ value: id, label: `${brand} ${name}` }))
}

/** One model of the catalogue, or none. */
export function ModelField({ label, placeholder, ...bound }: Bound<string | null> & { label: string; placeholder?: string }) {
  const models = useModels()
  return <SelectField label={label} {...bound} {...(placeholder ? { placeholder } : {})} choices={models} clearable />
}
