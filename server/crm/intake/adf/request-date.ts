import { wallToInstant } from '../../../platform/calendar/zone.ts'
import type { AdfNoticeCode } from './types.ts'

const MINUTE_MS = 60_000
const pattern = /^(\d{4})-(\d\d?)-(\d\d?)(?:[T ]{1,2}(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?\s?(Z|UTC|GMT|[+-]\d{1,2}:?\d{0,2})?$/i
const russian = /^(\d\d?)\.(\d\d?)\.(\d{4})(?:,? (\d\d?):(\d\d)(?::(\d\d))?)?$/

export type RequestDate = { at: Date | null; notices: AdfNoticeCode[] }

/**
 * ISO 8601 as senders really write it: zones `±H`, `±HH`, `±HH:M` (the published sample has `-08:0`), `±HHMM`, `±HH:MM`, `Z` or none; a date alone is its midnight.
 * Without a zone the time is on the wall of `timeZone`, and that is noted. An unreadable date is null and noted. Throws UnknownTimeZone.
 */
export function readRequestDate(written: string, timeZone: string): RequestDate {
  if (written === '') return { at: null, notices: ['requestdate_missing'] }
  const local = russian.exec(written)
  const match = local ? [local[0], local[3], local[2], local[1], local[4], local[5], local[6], undefined] : pattern.exec(written)
  const wallMs = match && wallOf(match)
  const offset = match?.[7] === undefined ? null : offsetOf(match[7])
  if (!match || wallMs === null || offset === 'unreadable') return { at: null, notices: ['requestdate_unreadable'] }
  const notices: AdfNoticeCode[] = []
  if (local) notices.push('requestdate_not_iso')
  if (match[4] === undefined) notices.push('requestdate_without_time')
  if (offset !== null) return { at: new Date(wallMs - offset), notices }
  notices.push('requestdate_without_zone')
  return { at: new Date(wallToInstant(timeZone, wallMs, 'earlier')), notices }
}

function wallOf(match: readonly (string | undefined)[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map((part) => Number(part ?? 0))
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour <= 23 && minute <= 59 && second <= 60
  return isReal ? Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59)) : null
}

function offsetOf(zone: string): number | 'unreadable' {
  if (/^[a-z]/i.test(zone)) return 0
  const digits = zone.slice(1)
  const [hours = '', minutes = ''] = digits.includes(':') ? digits.split(':') : digits.length === 3 ? [digits.slice(0, 1), digits.slice(1)] : [digits.slice(0, 2), digits.slice(2)]
  // A lone digit of minutes has lost its zero at the end: -08:0 was -08:00, +05:3 was +05:30.
  const ms = (Number(hours) * 60 + Number(minutes.padEnd(2, '0'))) * MINUTE_MS
  if (Number(hours) > 14 || Number(minutes.padEnd(2, '0')) > 59) return 'unreadable'
  return zone.startsWith('-') ? -ms : ms
}
