import { type KeyboardEvent, useRef, useState } from 'react'
import type { GridCar, GridDrive, TestDriveDay } from '../../../../contract/crm/test-drive.ts'
import { useNow } from '../../../ui/clock.tsx'
import { useWords } from '../../language.tsx'
import { clockOf } from '../../../ui/format.ts'
import { stepIn } from './day.ts'
import type { SlotPick } from './day-page.tsx'
import styles from './drives.module.css'

type GridProps = { day: TestDriveDay; onPick: (pick: SlotPick) => void; cannot: string | null }

/** What is said of an hour: the drive that is booked or over; a missed one only while nobody else has the hour. */
const driveAt = (car: GridCar, slot: string): GridDrive | undefined => {
  const there = car.drives.filter(({ startsAt }) => startsAt === slot)
  return there.find(({ status }) => status !== 'no_show') ?? there[0]
}

/** Cars × hours; one stop for Tab, arrows walk inside, Enter books or opens. */
export function DayGrid({ day, onPick, cannot }: GridProps) {
  const { drives: t } = useWords()
  const root = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState({ car: 0, hour: 0 })
  const now = new Date(useNow()).toISOString()
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = stepIn(event.code, at, { cars: day.cars.length, hours: day.slots.length })
    if (!next) return
    event.preventDefault()
    setAt(next)
    root.current?.querySelector<HTMLElement>(`[data-at="${next.car}/${next.hour}"]`)?.focus()
  }
  return (
    <div className={styles.scroll}>
      <table ref={root} className={styles.grid} aria-label={t.grid}>
        <thead>
          <tr>
            <th scope="col" className={styles.car}>
              {t.car}
            </th>
            {day.slots.map((slot) => (
              <th key={slot} scope="col">
                {clockOf(slot, day.timeZone)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {day.cars.map((car, carIndex) => (
            <tr key={car.vehicleId}>
              <CarHead car={car} />
              {day.slots.map((slot, hour) => (
                <td key={slot}>
                  <Slot
                    car={car}
                    slot={slot}
                    timeZone={day.timeZone}
                    onPick={onPick}
                    cannot={cannot}
                    tabIndex={at.car === carIndex && at.hour === hour ? 0 : -1}
                    at={`${carIndex}/${hour}`}
                    now={now}
                    onFocus={() => setAt({ car: carIndex, hour })}
                    onKeyDown={onKeyDown}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function CarHead({ car }: { car: GridCar }) {
  const { drives: t } = useWords()
  return (
    <th scope="row" className={styles.car}>
      <strong>
        {car.model} {car.trim}
      </strong>
      <span className={styles.dim}>
        {car.colour} · {t.vin(car.vinTail)}
      </span>
    </th>
  )
}

/** The hours of one car, below each other: for a phone. */
export function DayList({ day, car, onPick, cannot }: GridProps & { car: GridCar }) {
  const now = new Date(useNow()).toISOString()
  return (
    <ol className={styles.hours}>
      {day.slots.map((slot) => (
        <li key={slot}>
          <span>{clockOf(slot, day.timeZone)}</span>
          <Slot car={car} slot={slot} timeZone={day.timeZone} onPick={onPick} cannot={cannot} now={now} />
        </li>
      ))}
    </ol>
  )
}

type SlotProps = {
  car: GridCar
  slot: string
  timeZone: string
  onPick: (pick: SlotPick) => void
  cannot: string | null
  /** ISO, as the slots. */
  now: string
  tabIndex?: number
  at?: string
  onFocus?: () => void
  onKeyDown?: (event: KeyboardEvent) => void
}

function Slot({ car, slot, timeZone, onPick, cannot, now, tabIndex, at, onFocus, onKeyDown }: SlotProps) {
  const { drives: t } = useWords()
  const drive = driveAt(car, slot)
  const isPast = slot <= now
  const state = drive ? (drive.id === null ? 'other' : drive.status) : isPast ? 'past' : 'free'
  const why = state === 'past' ? t.past : state === 'other' ? t.takenBy : state === 'free' ? cannot : null
  const who = drive?.masked?.name ?? t.hidden
  const said = !drive ? (isPast ? '—' : t.free) : drive.id === null ? t.taken : who
  const name = [`${car.model} ${car.trim}`, clockOf(slot, timeZone), said === '—' ? t.past : said, drive?.id ? t.statuses[drive.status] : null].filter(Boolean).join(', ')
  return (
    <button
      type="button"
      className={styles.slot}
      data-state={state}
      data-at={at}
      tabIndex={tabIndex}
      aria-label={name}
      aria-disabled={why ? true : undefined}
      title={why ?? (drive ? `${who}, ${t.statuses[drive.status]}` : t.book)}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={() => (why ? undefined : onPick({ car, slot, drive }))}
    >
      <span>{said}</span>
      {drive?.id && drive.status !== 'booked' && <span>{t.statuses[drive.status]}</span>}
    </button>
  )
}
