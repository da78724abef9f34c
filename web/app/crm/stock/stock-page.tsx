import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type StockRow, stock, stockConditions, stockOrders, stockRoles, stockStatuses } from '../../../../contract/crm/stock.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { type Choice, NumberField, SelectField, TextField } from '../../../ui/fields.tsx'
import { useIsPhone } from '../../../ui/media.ts'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/session.tsx'
import { ModelField } from '../deals/pick-model.tsx'
import type { StockSearch } from '../deals/routes.ts'
import { StockCarView } from './stock-car.tsx'
import { toneOf } from './tone.ts'
import shapes from '../../shared.module.css'
import styles from './stock.module.css'

const route = getRouteApi(`/staff${paths.stock}`)
const LEAST_VIN = 3

/** The dealer's cars; what is looked for stands in the address. */
export function StockPage() {
  const [{ stock: t }, { chosenOutlet }, navigate, search] = [useWords(), useSession(), useNavigate(), route.useSearch()]
  const { car, ...filters } = search
  const data = usePages<StockRow, typeof stock.list.input, typeof stock.list.output>(
    stock.list,
    { ...asked(filters), ...(chosenOutlet ? { outletId: chosenOutlet.id } : {}) },
    { live: ['stock'] },
  )
  const go = (next: StockSearch): void => void navigate({ to: paths.stock, search: Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined)) })
  return (
    <Page title={t.title} filters={<Filters search={filters} onChange={go} />}>
      <DataTable
        label={t.title}
        data={data}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.none, hint: t.noneHint, icon: 'car', action: <Button onClick={() => go({})}>{t.reset}</Button> }}
        onOpen={({ id }) => go({ ...search, car: id })}
        card={(row) => <Card row={row} />}
        rowTone={({ status }) => (status === 'sold' ? 'muted' : undefined)}
      />
      <Drawer isOpen={car !== undefined} onClose={() => go(filters)} title={t.car} size="md">
        {car && <StockCarView vehicleId={car} />}
      </Drawer>
    </Page>
  )
}

/** Roubles of the address become kopecks; the end of a VIN is asked for from three characters on. */
function asked({ model, from, to, vin, ...same }: StockSearch) {
  const tail = vin?.trim().toUpperCase() ?? ''
  return {
    ...same,
    ...(model ? { modelId: model } : {}),
    ...(from === undefined ? {} : { minKopecks: from * 100 }),
    ...(to === undefined ? {} : { maxKopecks: to * 100 }),
    ...(tail.length >= LEAST_VIN && /^[A-HJ-NPR-Z0-9]+$/.test(tail) ? { vinTail: tail } : {}),
  }
}

function Filters({ search, onChange }: { search: StockSearch; onChange: (search: StockSearch) => void }) {
  const [{ stock: t }, isPhone] = [useWords(), useIsPhone()]
  const set = (change: Partial<Record<keyof StockSearch, unknown>>): void => onChange({ ...search, ...change } as StockSearch)
  const choices = <Value extends string>(values: readonly Value[], words: Record<Value, string>): Choice<Value>[] => values.map((value) => ({ value, label: words[value] }))
  const any = { placeholder: t.any, clearable: true }
  const [isOpen, setOpen] = useState(false)
  const tail = <TextField label={t.vinTail} placeholder={t.vinHint} type="search" maxLength={17} value={search.vin ?? ''} onChange={(vin) => set({ vin: vin || undefined })} />
  if (isPhone && !isOpen) {
    const chosen = Object.entries(search).filter(([name, value]) => name !== 'vin' && value !== undefined).length
    return (
      <div className={styles.filters}>
        {tail}
        <Button icon="filter" size="md" onClick={() => setOpen(true)}>
          {t.filters(chosen)}
        </Button>
      </div>
    )
  }
  return (
    <div className={styles.filters}>
      <ModelField label={t.model} placeholder={t.any} value={search.model ?? null} onChange={(model) => set({ model: model ?? undefined })} />
      <SelectField
        label={t.status}
        {...any}
        value={search.status ?? null}
        onChange={(status) => set({ status: status ?? undefined })}
        choices={choices(stockStatuses, t.statuses)}
      />
      <SelectField
        label={t.condition}
        {...any}
        value={search.condition ?? null}
        onChange={(condition) => set({ condition: condition ?? undefined })}
        choices={choices(stockConditions, t.conditions)}
      />
      <SelectField label={t.role} {...any} value={search.role ?? null} onChange={(role) => set({ role: role ?? undefined })} choices={choices(stockRoles, t.roles)} />
      <NumberField label={t.from} unit="₽" min={0} value={search.from ?? null} onChange={(from) => set({ from: from ?? undefined })} />
      <NumberField label={t.to} unit="₽" min={0} value={search.to ?? null} onChange={(to) => set({ to: to ?? undefined })} />
      {tail}
      <SelectField
        label={t.order}
        value={search.order ?? 'newest'}
        onChange={(order) => set({ order: order === 'newest' ? undefined : (order ?? undefined) })}
        choices={choices(stockOrders, t.orders)}
      />
    </div>
  )
}

const DAY_MS = 86_400_000
const daysSince = (date: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(`${date}T00:00:00Z`)) / DAY_MS))

function useColumns(): Column<StockRow>[] {
  const [{ stock: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'model', title: t.model, width: 210, grows: true, cell: ({ brand, model }) => `${brand} ${model}` },
    { key: 'trim', title: t.trim, width: 130, cell: ({ trim }) => trim },
    { key: 'year', title: t.year, width: 64, cell: ({ year }) => year },
    { key: 'colour', title: t.colour, width: 130, cell: ({ colour }) => colour },
    { key: 'price', title: t.price, width: 120, align: 'end', cell: ({ priceKopecks }) => format.money(priceKopecks) },
    { key: 'status', title: t.status, width: 130, cell: ({ status }) => <Badge tone={toneOf[status]}>{t.statuses[status]}</Badge> },
    { key: 'role', title: t.role, width: 120, cell: ({ role, condition }) => (role === 'demo' ? <Badge tone="accent">{t.roles.demo}</Badge> : t.conditions[condition]) },
    { key: 'mileage', title: t.mileage, width: 100, align: 'end', cell: ({ mileageKm }) => t.km(format.number(mileageKm)) },
    { key: 'arrived', title: t.arrived, width: 90, align: 'end', cell: ({ arrivedOn }) => (arrivedOn ? t.days(daysSince(arrivedOn)) : '—') },
    { key: 'vin', title: t.vin, width: 90, cell: ({ vinTail }) => <span className={styles.vin}>{vinTail}</span> },
  ]
}

function Card({ row }: { row: StockRow }) {
  const [{ stock: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>
        {row.brand} {row.model}
      </strong>
      <span>{format.money(row.priceKopecks)}</span>
      <span className={styles.dim}>
        {row.trim}, {row.colour}, {row.year} · {row.vinTail}
      </span>
      <Badge tone={row.role === 'demo' ? 'accent' : toneOf[row.status]}>{row.role === 'demo' ? t.roles.demo : t.statuses[row.status]}</Badge>
    </div>
  )
}
