import type { Spool } from '../../../platform/files/spool.ts'
import { readXml } from './read-xml.ts'
import type { RawRow } from './types.ts'
import { KEPT_CHARS, TableProblem, tableLimits } from './types.ts'
import type { Workbook } from './workbook.ts'
import { readWorkbook } from './workbook.ts'
import { openZip, type Archive } from './zip.ts'

const DAY_MS = 86_400_000

/** No sheet is wider (XFD): a row of more cells was made by nobody who wants it read. */
const WIDEST = 16_384
/** The number of a shared string. */
const INDEX_CHARS = 10

/**
 * Rows of the first visible sheet of a workbook, streamed out of the archive; its strings are put aside in `spool`, so that no more than some rows are in memory.
 * Nothing is computed: of a formula the value is given that the file holds, and a text beginning with `=` stays a text. Dates become YYYY-MM-DD[THH:MM:SS],
 * times HH:MM:SS, numbers are written out without an exponent.
 * Our own reader rather than a library: those at hand trust the archive's local headers and put sheets, that is people, into temporary files that are open to read.
 * Throws TableProblem: not_xlsx, zip_damaged, zip_unsupported, zip_bomb, xml_damaged, too_many_columns.
 */
export async function* readXlsx(archive: Archive, spool: Spool): AsyncGenerator<RawRow> {
  const zip = await openZip(archive)
  const book = await readWorkbook(zip, spool)
  try {
    const sheet = sheetHandlers()
    for await (const _ of readXml(zip.read(book.sheet), sheet)) {
      for (const row of sheet.ready) yield await rowOf(row, book)
      sheet.ready.length = 0
    }
  } finally {
    await book.strings.close()
  }
}

type Cell = { column: number; type: string; style: number; value: string }
/** As it stands in the sheet: no shared string is looked up yet. Of cells that hold nothing there are none. */
type SheetRow = { line: number; cells: Cell[] }

function sheetHandlers() {
  const ready: SheetRow[] = []
  let row: SheetRow | null = null
  let line = 0
  let column = 0
  let cell: Cell | null = null
  let isValue = false
  return {
    ready,
    open: (name: string, attributes: Record<string, string>) => {
      if (name === 'row') {
        line = numberOf(attributes.r) ?? line + 1
        row = { line, cells: [] }
        column = 0
      } else if (name === 'c' && row) {
        column = columnOf(attributes.r) ?? column + 1
        cell = { column, type: attributes.t ?? 'n', style: numberOf(attributes.s) ?? 0, value: '' }
      }
      isValue = cell !== null && (name === 'v' || name === 't')
    },
    close: (name: string) => {
      isValue = false
      if (name === 'c' && row && cell) {
        keep(row, cell)
        cell = null
      } else if (name === 'row' && row) {
        ready.push(row)
        row = null
      }
    },
    text: (text: string) => {
      const most = cell?.type === 's' ? INDEX_CHARS : KEPT_CHARS
      if (isValue && cell && cell.value.length < most) cell.value = (cell.value + text).slice(0, most)
    },
  }
}

function keep(row: SheetRow, cell: Cell): void {
  if (cell.value.trim() === '' && cell.type !== 'e') return
  // Whether a shared string has words is not known yet.
  if (row.cells.length >= WIDEST || (cell.column > tableLimits.columns && cell.type !== 's')) throw new TableProblem('too_many_columns', row.line, cell.column)
  row.cells.push(cell)
}

async function rowOf({ line, cells }: SheetRow, book: Workbook): Promise<RawRow> {
  const row: RawRow = { line, values: [] }
  for (const cell of cells) {
    const value = valueOf(cell, book)
    // Most are at hand: a turn of the loop for each cell would cost more than the cell.
    put(row, cell, typeof value === 'string' ? value : await value)
  }
  return row
}

function put(row: RawRow, cell: Cell, value: string): void {
  if (value.trim() === '' && cell.type !== 'e') return
  if (cell.column > tableLimits.columns) throw new TableProblem('too_many_columns', row.line, cell.column)
  while (row.values.length < cell.column) row.values.push('')
  row.values[cell.column - 1] = value
  if (cell.type === 'e') (row.errorColumns ??= []).push(cell.column)
}

function valueOf({ type, style, value }: Cell, book: Workbook): string | Promise<string> {
  switch (type) {
    case 's': {
      const text = book.strings.at(numberOf(value) ?? -1)
      return typeof text === 'string' ? unescape(text) : text.then(unescape)
    }
    case 'str':
    case 'inlineStr':
      return unescape(value)
    case 'b':
      return value === '1' ? 'true' : 'false'
    case 'e':
      return ''
    case 'd':
      return value
    default:
      return value === '' ? '' : numberText(value, book.dateStyles.has(style), book.is1904)
  }
}

function numberText(written: string, isDate: boolean, is1904: boolean): string {
  // Whole numbers are longer than a double is exact: digits stay as they were written.
  if (!isDate && /^-?[1-9]\d{0,29}$/.test(written)) return written
  const number = Number(written)
  if (!Number.isFinite(number)) return written
  // Day 60 of 1900 never was (a mistake kept by §18.17.4), so serials from there on are one too many; earlier ones nobody uses.
  const ms = Math.round((number - 25_569 + (is1904 ? 1462 : 0)) * 86_400) * 1000
  if (!isDate || number < 0 || ms > Date.UTC(9999, 11, 31)) return Math.abs(number) < 1e21 ? plain(number) : written
  const iso = new Date(ms).toISOString()
  if (number < 1) return iso.slice(11, 19)
  return ms % DAY_MS === 0 ? iso.slice(0, 10) : iso.slice(0, 19)
}

/** No exponent: a phone kept as a number must come out as its digits. */
function plain(number: number): string {
  const text = String(number)
  return text.includes('e') ? number.toFixed(15).replace(/\.?0+$/, '') : text
}

/** `_x000D_` is how a workbook writes a letter that XML cannot (§22.4.2.4). */
function unescape(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replaceAll('\0', '') : text
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null
}

function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}/i.exec(reference ?? '')?.[0]
  if (!letters) return null
  let column = 0
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64
  return column
}
