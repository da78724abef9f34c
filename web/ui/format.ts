export type Locale = 'ru' | 'en'

/** Dates, money, phones and durations as people read them. `timeZone` is IANA: the outlet's, not the browser's. */
export type Format = ReturnType<typeof createFormat>

const tags = { ru: 'ru-RU', en: 'en-GB' } as const
const unitsMs = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 }

/** A wall clock reading `YYYY-MM-DDTHH:mm` of the zone at the instant. */
export function toWallTime(instant: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(new Date(instant))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The instant (ISO, UTC) when clocks in the zone show `YYYY-MM-DDTHH:mm`. A reading the clocks jump over gives the instant after the jump;
 * one they show twice gives the first. Null when the text is no such reading.
 */
export function fromWallTime(wall: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(wall)) return null
  const asUtc = Date.parse(`${wall}:00Z`)
  if (Number.isNaN(asUtc)) return null
  const offsetAt = (instantMs: number): number => Date.parse(`${toWallTime(new Date(instantMs), timeZone)}:00Z`) - instantMs
  const candidates = [offsetAt(asUtc - unitsMs.day), offsetAt(asUtc + unitsMs.day)].map((offset) => asUtc - offset)
  const exact = candidates.filter((instantMs) => instantMs + offsetAt(instantMs) === asUtc)
  return new Date(exact.length > 0 ? Math.min(...exact) : Math.max(...candidates)).toISOString()
}

/** `+79161234567` → `+7 916 123-45-67`; other countries in groups of three. What is not E.164 comes back as it is. */
export function formatPhone(e164: string): string {
  const russian = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(e164)
  if (russian) return `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}`
  if (!/^\+\d{7,15}$/.test(e164)) return e164
  return `+${e164.slice(1).replace(/(\d)(?=(\d{3})+$)/g, '$1 ')}`
}

/** Digits as typed in Russia (`8 916…`, `916…`, `+7…`) → E.164, or null when it cannot be a phone. The server decides; this is for display while typing. */
export function parsePhone(typed: string): string | null {
  const digits = typed.replace(/\D/g, '')
  if (typed.trim().startsWith('+')) return digits.length >= 7 && digits.length <= 15 ? `+${digits}` : null
  if (digits.length === 11 && (digits.startsWith('8') || digits.startsWith('7'))) return `+7${digits.slice(1)}`
  return digits.length === 10 ? `+7${digits}` : null
}

/** The zone's calendar day of an instant, `YYYY-MM-DD`. */
export const dayOf = (instant: string | Date, timeZone: string): string => toWallTime(instant, timeZone).slice(0, 10)

/** What the clock on the wall shows: `14:00`. */
export const clockOf = (instant: string | Date, timeZone: string): string => toWallTime(instant, timeZone).slice(11)

/** `YYYY-MM-DD` some days later or earlier; of the calendar, so no zone can move it. */
export const nextDay = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * unitsMs.day).toISOString().slice(0, 10)

function durationOf(tag: string): (ms: number) => string {
  const unit = (name: 'day' | 'hour' | 'minute' | 'second') =>
    new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: tag === tags.en ? 'narrow' : 'short', maximumFractionDigits: 0 })
  const [days, hours, minutes] = [unit('day'), unit('hour'), unit('minute')]
  const two = (value: number): string => String(value).padStart(2, '0')
  return (ms) => {
    const rest = Math.max(0, Math.floor(Math.abs(ms) / 1000))
    const [d, h, m, s] = [Math.floor(rest / 86_400), Math.floor(rest / 3600) % 24, Math.floor(rest / 60) % 60, rest % 60]
    if (d > 0) return h > 0 ? `${days.format(d)} ${hours.format(h)}` : days.format(d)
    if (h > 0) return m > 0 ? `${hours.format(h)} ${minutes.format(m)}` : hours.format(h)
    return `${m}:${two(s)}`
  }
}

/** All helpers for one language and zone. */
export function createFormat(locale: Locale, timeZone: string) {
  const tag = tags[locale]
  const at = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone, ...options })
    return (instant: string | Date): string => format.format(new Date(instant))
  }
  const day = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...options })
    return (date: string): string => format.format(new Date(`${date.slice(0, 10)}T00:00:00Z`))
  }
  const roubles = new Intl.NumberFormat(tag, { style: 'currency', currency: 'RUB', maximumFractionDigits: 0 })
  const kopecks = new Intl.NumberFormat(tag, { style: 'currency', currency: 'RUB', minimumFractionDigits: 2 })
  const number = new Intl.NumberFormat(tag)
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const time = at({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dayShort = at({ day: 'numeric', month: 'short' })
  return {
    locale,
    timeZone,
    /** 14:05 */
    time,
    /** 14.03.2027 */
    date: at({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    /** 14.03.2027, 14:05 */
    dateTime: at({ day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    /** среда, 14 марта */
    dayLong: at({ weekday: 'long', day: 'numeric', month: 'long' }),
    /** Of a calendar date `YYYY-MM-DD`, which no zone may move. */
    calendarDate: day({ day: '2-digit', month: '2-digit', year: 'numeric' }),
    /** The time today, else day and time: for lists. */
    moment: (instant: string | Date, now = new Date()): string => (dayOf(instant, timeZone) === dayOf(now, timeZone) ? time(instant) : `${dayShort(instant)}, ${time(instant)}`),
    /** Kopecks; a whole sum is shown without them. */
    money: (amountKopecks: number): string => (amountKopecks % 100 === 0 ? roubles : kopecks).format(amountKopecks / 100),
    number: (value: number): string => number.format(value),
    /** A share: 0.5 → 50 %. */
    percent: (share: number): string => percent.format(share),
    /** Milliseconds; the sign is dropped. `4:07` below an hour, then hours and minutes, then days and hours. */
    duration: durationOf(tag),
    phone: formatPhone,
  }
}
