const index = /^\d{6},?\s*/
const kind = /^(?:г|гор|город|пос|п|с|пгт)\.?\s+/iu

/** The city of an address as Russian addresses begin with it: "620085, г. Екатеринбург, ул. 8 Марта, д. 267". */
export function cityOf(address: string): string {
  const parts = address
    .replace(index, '')
    .split(',')
    .map((part) => part.trim())
  const named = parts.find((part) => kind.test(part)) ?? parts[0] ?? ''
  return named.replace(kind, '')
}
