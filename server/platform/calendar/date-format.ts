const kept = new Map<string, Intl.DateTimeFormat>()
/** Some forms in two languages and the zones of the outlets; beyond that the cache starts anew. */
const MAX_KEPT = 1_000

/** A formatter of the runtime, made once for each language and form: making one costs a hundred times what using it does. Throws RangeError for an unknown zone. */
export function dateFormat(locale: string, options: Readonly<Intl.DateTimeFormatOptions>): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = kept.get(key)
  if (known) return known
  const made = new Intl.DateTimeFormat(locale, options)
  if (kept.size >= MAX_KEPT) kept.clear()
  kept.set(key, made)
  return made
}
