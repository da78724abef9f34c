import { useState } from 'react'
import { z } from 'zod'
import { type StockCard, stock, stockStatuses } from '../../../../contract/crm/stock.ts'
import { testDrives } from '../../../../contract/crm/test-drive.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { MoneyField, NumberField, SelectField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import deals from '../deals/deals.module.css'
import { BookTestDrive } from '../test-drives/book-test-drive.tsx'
import styles from './stock.module.css'
import { toneOf } from './tone.ts'

/** One car and what may be done with it. */
export function StockCarView({ vehicleId }: { vehicleId: string }) {
  const { data, trouble } = useAsk(stock.get, { vehicleId }, { live: ['stock', 'test_drive'] })
  if (trouble && !data) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={9} />
  return <Whole car={data} />
}

function Whole({ car }: { car: StockCard }) {
  const [{ stock: t }, format, { outlets }] = [useWords(), useFormat(), useSession()]
  return (
    <Stack gap="md">
      <div className={deals.top}>
        <strong>
          {car.brand} {car.model} {car.trim}
        </strong>
        <Badge tone={toneOf[car.status]}>{t.statuses[car.status]}</Badge>
      </div>
      <Facts
        facts={[
          [t.price, format.money(car.priceKopecks)],
          [t.condition, t.conditions[car.condition]],
          [t.role, t.roles[car.role]],
          [t.year, car.year],
          [t.colour, car.colour],
          [t.mileage, t.km(format.number(car.mileageKm))],
          [t.outlet, outlets.find(({ id }) => id === car.outletId)?.name ?? '—'],
          [t.arrived, car.arrivedOn ? format.calendarDate(car.arrivedOn) : '—'],
          [t.vin, car.vin ? <span className={styles.vin}>{car.vin}</span> : t.vinSold(car.vinTail)],
          ...(car.role === 'demo' ? [[t.drives, car.bookedDrives] as const] : []),
        ]}
      />
      <Acts car={car} />
    </Stack>
  )
}

function Acts({ car }: { car: StockCard }) {
  const [{ stock: t, ui }, { why }] = [useWords(), useRights()]
  const [open, setOpen] = useState<'edit' | 'book' | null>(null)
  const undo = useAct(stock.edit, { changes: ['stock', 'test_drive'], done: () => toast.done(t.edited) })
  const edit = useAct(stock.edit, {
    changes: ['stock', 'test_drive'],
    done: ({ version }) => toast.done(t.edited, { label: ui.undo, run: () => undo.fire({ vehicleId: car.id, version, role: car.role }) }),
  })
  const isDemo = car.role === 'demo'
  const cannot = why(stock.edit) ?? (car.status === 'sold' ? t.sold : null)
  const cannotTurn = cannot ?? (isDemo && car.bookedDrives > 0 ? t.hasDrives : null)
  return (
    <div className={deals.buttons}>
      <Button icon="edit" disabledReason={why(stock.edit)} onClick={() => setOpen('edit')}>
        {t.edit}
      </Button>
      <Button icon="wheel" busy={edit.isBusy} disabledReason={cannotTurn} onClick={() => edit.fire({ vehicleId: car.id, version: car.version, role: isDemo ? 'sale' : 'demo' })}>
        {isDemo ? t.endDemo : t.makeDemo}
      </Button>
      {isDemo && car.status === 'in_stock' && (
        <Button kind="primary" icon="plus" disabledReason={why(testDrives.book)} onClick={() => setOpen('book')}>
          {t.book}
        </Button>
      )}
      <EditCar car={car} isOpen={open === 'edit'} onClose={() => setOpen(null)} />
      {open === 'book' && <BookTestDrive isOpen car={car.id} onClose={() => setOpen(null)} />}
    </div>
  )
}

const Draft = z.object({ status: z.enum(stockStatuses), priceKopecks: z.number().int().min(0), mileageKm: z.number().int().min(0).max(2_000_000) })

function EditCar({ car, isOpen, onClose }: { car: StockCard; isOpen: boolean; onClose: () => void }) {
  const { stock: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.edit} size="sm">
      <EditForm car={car} onClose={onClose} />
    </Dialog>
  )
}

/** Sends only what was changed: a sold car takes back its status and nothing else. */
function EditForm({ car, onClose }: { car: StockCard; onClose: () => void }) {
  const [{ stock: t }, format] = [useWords(), useFormat()]
  const [base, setBase] = useState<Readonly<Record<string, unknown>>>(car)
  const say = (field: string, value: unknown): string | undefined =>
    field === 'status' ? t.statuses[value as StockCard['status']] : field === 'priceKopecks' ? format.money(value as number) : undefined
  const names = { status: t.status, priceKopecks: t.price, mileageKm: t.mileage }
  const saving = useVersion(car.version, names, say, (current) => (setBase(current), current))
  const edit = useAct(stock.edit, { changes: ['stock'], isQuiet: true, done: () => (toast.done(t.edited), onClose()) })
  const send = async (draft: z.output<typeof Draft>): Promise<void> => {
    const changed = Object.fromEntries(Object.entries(draft).filter(([name, value]) => value !== base[name]))
    if (Object.keys(changed).length === 0) return onClose()
    await saving((version) => edit.run({ vehicleId: car.id, version, ...changed }))
  }
  return (
    <Form
      schema={Draft}
      initial={{ status: car.status as StockCard['status'] | null, priceKopecks: car.priceKopecks as number | null, mileageKm: car.mileageKm as number | null }}
      onSubmit={send}
      onCancel={onClose}
    >
      {(form) => (
        <>
          <SelectField label={t.status} required {...form.field('status')} choices={stockStatuses.map((value) => ({ value, label: t.statuses[value] }))} />
          <MoneyField label={t.price} required {...form.field('priceKopecks')} />
          <NumberField label={t.mileage} required min={0} {...form.field('mileageKm')} />
        </>
      )}
    </Form>
  )
}
