/**
 * Wall clocks and instants, in any IANA zone, with the time-zone data of the runtime (`Intl`).
 * A wall time is a number of milliseconds as if its calendar fields were UTC: 2026-03-01 09:00 anywhere is Date.UTC(2026, 2, 1, 9).
 */
const DAY_MS = 86_400_000
/** Some years of some dozen zones; beyond that the cache starts anew. */
const CACHE_LIMIT = 50_000

type Zone = { format: Intl.DateTimeFormat; offsetByDay: Map<number, number | 'changes'> }
const zones = new Map<string, Zone>()

/** The name is not an IANA zone known to this runtime. */
export class UnknownTimeZone extends Error {
  override readonly name = 'UnknownTimeZone'
  constructor() {
    super('Not an IANA time zone')
  }
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone)
  if (known) return known
  const zone: Zone = { format: formatterOf(timeZone), offsetByDay: new Map() }
  // Names come from settings and are few; letters may vary, so the number of keys is limited all the same.
  if (zones.size > 1000) zones.clear()
  zones.set(timeZone, zone)
  return zone
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset', year: 'numeric' })
  } catch {
    throw new UnknownTimeZone()
  }
}

function askOffset(zone: Zone, instantMs: number): number {
  const name = zone.format.formatToParts(instantMs).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /^GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(name)
  if (!match) throw new RangeError(`Unreadable offset ${name}`)
  const ms = ((Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0)) * 60 + Number(match[4] ?? 0)) * 1000
  return match[1] === '-' ? -ms : ms
}

/** Milliseconds to add to UTC to get the wall clock of the zone at that instant. Throws UnknownTimeZone. */
export function zoneOffsetMs(timeZone: string, instantMs: number): number {
  const zone = zoneOf(timeZone)
  const day = Math.floor(instantMs / DAY_MS)
  let offset = zone.offsetByDay.get(day)
  if (offset === undefined) {
    const first = askOffset(zone, day * DAY_MS)
    offset = first === askOffset(zone, (day + 1) * DAY_MS) ? first : 'changes'
    if (zone.offsetByDay.size >= CACHE_LIMIT) zone.offsetByDay.clear()
    zone.offsetByDay.set(day, offset)
  }
  return offset === 'changes' ? askOffset(zone, instantMs) : offset
}

/**
 * The instant (ms) at which the clock on the wall shows `wallMs`. A time that comes twice (clocks put back) is the `earlier` or the `later` one;
 * a time that never comes (clocks put forward) is the moment of the change.
 */
export function wallToInstant(timeZone: string, wallMs: number, fold: 'earlier' | 'later'): number {
  const before = zoneOffsetMs(timeZone, wallMs - DAY_MS)
  const after = zoneOffsetMs(timeZone, wallMs + DAY_MS)
  if (before === after) return wallMs - before
  const candidates = [before, after].filter((offset) => zoneOffsetMs(timeZone, wallMs - offset) === offset).map((offset) => wallMs - offset)
  if (candidates.length === 0) return momentOfChange(timeZone, wallMs - after, wallMs - before)
  return fold === 'earlier' ? Math.min(...candidates) : Math.max(...candidates)
}

function momentOfChange(timeZone: string, fromMs: number, toMs: number): number {
  let low = Math.min(fromMs, toMs) - 1
  let high = Math.max(fromMs, toMs)
  const old = zoneOffsetMs(timeZone, low)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (zoneOffsetMs(timeZone, middle) === old) low = middle
    else high = middle
  }
  return high
}

/** The calendar date, 'YYYY-MM-DD', on the wall of the zone at that instant. */
export function dateIn(timeZone: string, instant: Date): string {
  const ms = instant.getTime()
  return new Date(ms + zoneOffsetMs(timeZone, ms)).toISOString().slice(0, 10)
}
