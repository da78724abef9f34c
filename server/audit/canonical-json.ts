/** What a log entry may hold besides its columns: nothing that two programs could write differently. */
export type Canonical = string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical }

/**
 * One text for one value: keys sorted by UTF-16 code units, no spaces (RFC 8785 §3.2, without fractions, which the log never needs).
 * @throws TypeError for undefined, fractions, numbers beyond 2^53, text that PostgreSQL would not give back as it was, and anything that is no plain data.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return canonicalText(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (isPlain(value)) return canonicalObject(value)
  throw new TypeError(`no canonical form for ${value === undefined ? 'undefined' : Object.prototype.toString.call(value)}`)
}

/** JSON text of a string. @throws TypeError for U+0000 and lone surrogates: jsonb refuses them. */
export function canonicalText(text: string): string {
  if (!text.isWellFormed() || text.includes('\0')) throw new TypeError('no canonical form for text with U+0000 or a lone surrogate')
  return JSON.stringify(text)
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new TypeError('no canonical form for a number that is not a safe integer')
  return value === 0 ? '0' : String(value)
}

function canonicalObject(value: Record<string, unknown>): string {
  const parts: string[] = []
  for (const key of Object.keys(value).toSorted(byCodeUnits)) parts.push(`${canonicalText(key)}:${canonicalJson(value[key])}`)
  return `{${parts.join(',')}}`
}

const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0
}
