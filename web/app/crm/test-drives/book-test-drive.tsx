import { useState } from 'react'
import { ApiError } from '../../../../contract/call.ts'
import { type GridCar, type TestDriveDay, testDrives } from '../../../../contract/crm/test-drive.ts'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { DateField, SelectField } from '../../../ui/fields.tsx'
import { Group, Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import styles from '../deals/deals.module.css'
import { type Picked, PickPerson } from '../deals/pick-person.tsx'
import { clockOf, nextDay } from '../../../ui/format.ts'
import { zoneName } from './day.ts'

export type BookTestDriveProps = {
  isOpen: boolean
  onClose: () => void
  /** The slot that was clicked; without it day, car and hour are chosen here. */
  start?: { date: string; vehicleId: string; startsAt: string }
  /** The car that is asked for; day and hour are chosen here. */
  car?: string
  /** Without one the client is looked for. */
  person?: Picked
  dealId?: string
  leadId?: string
  /** Whose cars; the outlet that is looked at, when left out. */
  outletId?: string
  /** Why it is asked for just now. */
  hint?: string
  onBooked?: () => void
}

/** Books a client into a free hour: from the grid, a lead, a card or a working list. */
export function BookTestDrive({ isOpen, onClose, ...rest }: BookTestDriveProps) {
  const { drives: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.book}>
      <Body {...rest} onClose={onClose} />
    </Dialog>
  )
}

function Body({ start, car, person, dealId, leadId, outletId, hint, onClose, onBooked }: Omit<BookTestDriveProps, 'isOpen'>) {
  const [{ drives: t, ui }, { why }, { chosenOutlet }] = [useWords(), useRights(), useSession()]
  const [found, setFound] = useState<Picked | null>(person ?? null)
  const [date, setDate] = useState<string | null>(start?.date ?? null)
  const [choice, setChoice] = useState({ vehicleId: start?.vehicleId ?? car ?? null, startsAt: start?.startsAt ?? null })
  const now = new Date(useNow()).toISOString()
  const place = outletId ?? chosenOutlet?.id
  const day = useAsk(testDrives.day, { ...(date ? { date } : {}), ...(place ? { outletId: place } : {}) }, { live: ['test_drive', 'stock'] })
  // Late in the evening nobody wants to be shown a day that is over.
  if (date === null && day.data && !day.data.slots.some((slot) => slot > now)) setDate(nextDay(day.data.date, 1))
  const cancel = useAct(testDrives.cancel, { changes, done: () => toast.done(t.cancelled) })
  const book = useAct(testDrives.book, {
    changes,
    isQuiet: true,
    done: ({ id, version }) => {
      toast.done(t.booked, { label: ui.undo, run: () => cancel.fire({ testDriveId: id, version }) })
      onClose()
      onBooked?.()
    },
  })
  const { vehicleId, startsAt } = choice
  const missing = why(testDrives.book) ?? (found ? (vehicleId && startsAt ? null : t.hour) : t.chooseClient)
  const send = (): void => {
    if (found && vehicleId && startsAt) book.fire({ personId: found.id, vehicleId, startsAt, ...(dealId ? { dealId } : {}), ...(leadId ? { leadId } : {}) })
  }
  return (
    <Stack gap="md">
      {hint && <p className={styles.note}>{hint}</p>}
      <PickPerson value={found} onPick={setFound} isFixed={dealId !== undefined || leadId !== undefined} />
      {day.trouble && !day.data && <ErrorState {...day.trouble} />}
      {!day.data && !day.trouble && <Skeletons lines={3} />}
      {day.data && <Slot day={day.data} choice={choice} onDate={(next) => (setDate(next), setChoice({ ...choice, startsAt: null }))} onChoice={setChoice} />}
      {book.error && (
        <p className={styles.note} role="alert">
          {book.error instanceof ApiError ? book.error.message : String(book.error)}
        </p>
      )}
      <DialogActs label={t.book} isBusy={book.isBusy} disabledReason={missing} onRun={send} onCancel={onClose} />
    </Stack>
  )
}

const changes = ['test_drive', 'deal', 'person'] as const
type Choice = { vehicleId: string | null; startsAt: string | null }
const isFree = (car: GridCar | undefined, slot: string, now: string): boolean => slot > now && !car?.drives.some(({ startsAt, status }) => startsAt === slot && status === 'booked')

/** Day, car and hour; only hours that are free now can be chosen. */
function Slot({ day, choice, onDate, onChoice }: { day: TestDriveDay; choice: Choice; onDate: (date: string) => void; onChoice: (choice: Choice) => void }) {
  const [{ drives: t }, format] = [useWords(), useFormat()]
  const now = new Date(useNow()).toISOString()
  const car = day.cars.find(({ vehicleId }) => vehicleId === choice.vehicleId)
  const free = day.slots.filter((slot) => isFree(car, slot, now))
  const cars = day.cars.map((one) => ({ value: one.vehicleId, label: `${one.model} ${one.trim}, ${one.colour}` }))
  return (
    <Stack gap="sm">
      <Group gap="xs" align="end">
        <DateField label={t.date} value={day.date} onChange={(date) => date && onDate(date)} />
        <Button onClick={() => onDate(nextDay(day.date, 1))}>{t.after}</Button>
      </Group>
      <SelectField
        label={t.car}
        required
        placeholder={cars.length === 0 ? t.noCars : t.car}
        value={choice.vehicleId}
        onChange={(vehicleId) => onChoice({ ...choice, vehicleId })}
        choices={cars}
      />
      <SelectField
        label={t.hour}
        required
        hint={zoneName(t.zone, day.timeZone, day.slots[0] ?? now, format.locale)}
        placeholder={day.slots.length === 0 ? t.closed : free.length === 0 ? t.noSlots : t.hour}
        value={free.includes(choice.startsAt ?? '') ? choice.startsAt : null}
        onChange={(startsAt) => onChoice({ ...choice, startsAt })}
        choices={free.map((slot) => ({ value: slot, label: clockOf(slot, day.timeZone) }))}
      />
    </Stack>
  )
}
