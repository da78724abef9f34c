/** Every way a spreadsheet begins a formula, full-width signs and letters that are not seen included (OWASP, CSV injection). */
const formula = /^[^\p{L}\p{M}\p{N}\p{P}\p{S}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r]/u

/**
 * A CSV that Russian Excel opens with a double click: byte order mark, `;`, CRLF. Text that a spreadsheet would compute gets an apostrophe before it; numbers stay numbers.
 * One string per row, so that a long file can be streamed; openTable reads the same text back.
 */
export async function* writeCsv(rows: Iterable<readonly CsvValue[]> | AsyncIterable<readonly CsvValue[]>): AsyncGenerator<string> {
  yield '\uFEFF'
  for await (const row of rows) yield `${row.map(cellText).join(';')}\r\n`
}

export type CsvValue = string | number | null

function cellText(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = formula.test(value) ? `'${value}` : value
  return /[";\r\n\t,]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
