import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type GridCar, type GridDrive, type TestDriveDay, testDrives } from '../../../../contract/crm/test-drive.ts'
import { PurposeChip } from '../../../ui/badge.tsx'
import { Button, IconButton } from '../../../ui/button.tsx'
import { DateField, SelectField } from '../../../ui/fields.tsx'
import { useIsPhone } from '../../../ui/media.ts'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights, useSession } from '../../session/session.tsx'
import { BookTestDrive } from './book-test-drive.tsx'
import { nextDay } from '../../../ui/format.ts'
import { zoneName } from './day.ts'
import { DayGrid, DayList } from './day-grid.tsx'
import { DriveDialog } from './drive-dialog.tsx'
import styles from './drives.module.css'

const route = getRouteApi(`/staff${paths.testDrives}`)
type Start = { date: string; vehicleId: string; startsAt: string }
export type SlotPick = { car: GridCar; slot: string; drive: GridDrive | undefined }

/** One day of the demonstration cars: which hour is free, which is taken, a click away from a booking. */
export function DayPage() {
  const [{ drives: t }, { chosenOutlet }, navigate, { why }] = [useWords(), useSession(), useNavigate(), useRights()]
  const { date } = route.useSearch()
  const day = useAsk(testDrives.day, { ...(date ? { date } : {}), ...(chosenOutlet ? { outletId: chosenOutlet.id } : {}) }, { live: ['test_drive', 'stock'] })
  const [booking, setBooking] = useState<Start | 'any' | null>(null)
  const [shown, setShown] = useState<{ car: GridCar; driveId: string } | null>(null)
  const cannot = why(testDrives.book)
  useShortcut('KeyC', cannot ? null : { label: t.book, run: () => setBooking('any') })
  const go = (next: string | null): void => void navigate({ to: paths.testDrives, search: next ? { date: next } : {} })
  const pick = ({ car, slot, drive }: SlotPick): void => {
    if (drive?.id) setShown({ car, driveId: drive.id })
    else if (!drive && day.data && !cannot) setBooking({ date: day.data.date, vehicleId: car.vehicleId, startsAt: slot })
  }
  const drive = shown && day.data?.cars.find(({ vehicleId }) => vehicleId === shown.car.vehicleId)?.drives.find(({ id }) => id === shown.driveId)
  return (
    <Page
      title={t.title}
      purpose={<PurposeChip purpose={t.purpose} />}
      actions={
        <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setBooking('any')}>
          {t.book}
        </Button>
      }
      filters={day.data && <Days day={day.data} onGo={go} />}
    >
      <Content day={day} onPick={pick} cannot={cannot} />
      {booking && <BookTestDrive isOpen onClose={() => setBooking(null)} {...(booking === 'any' ? {} : { start: booking })} />}
      {shown && drive && <DriveDialog car={shown.car} drive={drive} onClose={() => setShown(null)} />}
    </Page>
  )
}

function Days({ day, onGo }: { day: TestDriveDay; onGo: (date: string | null) => void }) {
  const [{ drives: t }, format] = [useWords(), useFormat()]
  const at = day.slots[0] ?? `${day.date}T12:00:00Z`
  return (
    <>
      <div className={styles.days}>
        <IconButton icon="left" label={t.before} onClick={() => onGo(nextDay(day.date, -1))} />
        <DateField label={t.date} value={day.date} onChange={(date) => date && onGo(date)} />
        <IconButton icon="right" label={t.after} onClick={() => onGo(nextDay(day.date, 1))} />
        <Button onClick={() => onGo(null)}>{t.today}</Button>
      </div>
      <span className={`${styles.dim} ${styles.place}`}>
        {day.outlet} · {format.dayLong(at)} · {zoneName(t.zone, day.timeZone, at, format.locale)}
      </span>
    </>
  )
}

type ContentProps = { day: { data: TestDriveDay | undefined; trouble: React.ComponentProps<typeof ErrorState> | null }; onPick: (pick: SlotPick) => void; cannot: string | null }

function Content({ day: { data, trouble }, onPick, cannot }: ContentProps) {
  const [{ drives: t }, isPhone] = [useWords(), useIsPhone()]
  const [chosen, setChosen] = useState<string | null>(null)
  if (trouble && !data) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={8} height={44} />
  if (data.cars.length === 0) return <EmptyState title={t.noCars} hint={t.noCarsHint} icon="wheel" />
  if (data.slots.length === 0) return <EmptyState title={t.closed} hint={t.closedHint} icon="outlet" />
  if (!isPhone) return <DayGrid day={data} onPick={onPick} cannot={cannot} />
  const car = data.cars.find(({ vehicleId }) => vehicleId === chosen) ?? data.cars[0]
  return (
    <>
      <SelectField
        label={t.car}
        value={car?.vehicleId ?? null}
        onChange={setChosen}
        choices={data.cars.map((one) => ({ value: one.vehicleId, label: `${one.model} ${one.trim}, ${one.colour}` }))}
      />
      {car && <DayList day={data} car={car} onPick={onPick} cannot={cannot} />}
    </>
  )
}
