import type { Upload } from '../../../../contract/upload.ts'
import type { Spool } from '../../../platform/files/spool.ts'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import type { CellProblem, RawRow, Table, TableRow } from './types.ts'
import { TableProblem, tableLimits } from './types.ts'

/**
 * Opens an uploaded table, CSV or XLSX by its content (the extension only tells what was meant when the content is neither), of at most 50 MiB, 200 000 rows and
 * 64 columns; the first row with words is the header. CSV is read as it comes; an XLSX that only comes once is put aside in `spool`, and so are its strings:
 * of neither is more than some rows in memory. Cells are trimmed text; nothing is evaluated.
 * A cell over 4000 letters, an error value or cells beyond the header do not stop the file but are in the row's `problems`.
 * Throws TableProblem, here and while the rows are read.
 */
export async function openTable(source: AsyncIterable<Uint8Array> | Uint8Array | Upload, filename: string, spool: Spool): Promise<Table> {
  const upload = 'part' in source ? source : null
  const chunks = limited('part' in source ? source.read() : source instanceof Uint8Array ? [source] : source)
  const { head, all } = await peek(chunks)
  const isZip = head.subarray(0, 4).toString('latin1') === 'PK\x03\x04'
  if (head.subarray(0, 4).toString('hex') === 'd0cf11e0') return refuse(chunks, 'xls_or_encrypted')
  if (!isZip && /\.xlsx$/i.test(filename)) return refuse(chunks, head.length === 0 ? 'empty' : 'not_xlsx')
  const raw = isZip ? readArchive(all, upload, spool) : readCsv(all)
  const close = async () => void (await raw.return(undefined))
  try {
    const header = await readHeader(raw)
    return { format: isZip ? 'xlsx' : 'csv', header, rows: readRows(raw, header), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function refuse(chunks: AsyncGenerator<Uint8Array>, code: 'xls_or_encrypted' | 'not_xlsx' | 'empty'): Promise<never> {
  await chunks.return(undefined)
  throw new TableProblem(code)
}

async function* limited(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let bytes = 0
  for await (const chunk of source) {
    bytes += chunk.byteLength
    if (bytes > tableLimits.bytes) throw new TableProblem('too_large')
    yield chunk
  }
}

async function peek(chunks: AsyncGenerator<Uint8Array>): Promise<{ head: Buffer; all: AsyncGenerator<Uint8Array> }> {
  const seen: Uint8Array[] = []
  let size = 0
  while (size < 4) {
    const next = await chunks.next()
    if (next.done) break
    seen.push(next.value)
    size += next.value.byteLength
  }
  return { head: Buffer.concat(seen), all: resume(seen, chunks) }
}

async function* resume(seen: Uint8Array[], rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* seen
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}

/** The parts of an upload are asked for where they lie; whatever only comes once is put aside, where they can be. */
async function* readArchive(chunks: AsyncGenerator<Uint8Array>, upload: Upload | null, spool: Spool): AsyncGenerator<RawRow> {
  if (upload) {
    await chunks.return(undefined)
    return yield* readXlsx(upload, spool)
  }
  const aside = await spool(chunks, tableLimits.bytes)
  try {
    yield* readXlsx(aside, spool)
  } finally {
    await aside.close()
  }
}

async function readHeader(raw: AsyncGenerator<RawRow>): Promise<string[]> {
  for (;;) {
    const next = await raw.next()
    if (next.done) throw new TableProblem('empty')
    const words = next.value.values.map((value) => value.replace(/\s+/g, ' ').trim().slice(0, tableLimits.cellChars))
    const last = words.findLastIndex((word) => word !== '')
    if (last !== -1) return named(words.slice(0, last + 1))
  }
}

function named(words: string[]): string[] {
  const taken = new Set<string>()
  return words.map((word, index) => {
    const base = word || `#${index + 1}`
    let name = base
    for (let copy = 2; taken.has(name); copy += 1) name = `${base} (${copy})`
    taken.add(name)
    return name
  })
}

async function* readRows(raw: AsyncGenerator<RawRow>, header: string[]): AsyncGenerator<TableRow> {
  let count = 0
  for await (const { line, values, errorColumns } of raw) {
    if (!errorColumns && values.every((value) => value.trim() === '')) continue
    count += 1
    if (count > tableLimits.rows) throw new TableProblem('too_many_rows', line)
    const problems: CellProblem[] = (errorColumns ?? []).map((column) => ({ column, code: 'error_value' }))
    const cells = header.map((name, index): [string, string] => [name, cellOf(values[index] ?? '', index + 1, problems)])
    const extra = values.findIndex((value, index) => index >= header.length && value.trim() !== '')
    if (extra !== -1) problems.push({ column: extra + 1, code: 'extra_cells' })
    yield { line, cells: Object.fromEntries(cells), problems }
  }
}

function cellOf(value: string, column: number, problems: CellProblem[]): string {
  if (value.length > tableLimits.cellChars) {
    problems.push({ column, code: 'cell_too_long' })
    return ''
  }
  const text = value.trim()
  // Our own files of rejected rows put an apostrophe before what a spreadsheet would compute; corrected and uploaded again, it goes.
  return /^'[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.slice(1) : text
}
