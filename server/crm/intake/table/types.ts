/** Limits of an uploaded table; beyond them it is refused, so that one file cannot take the server. */
export const tableLimits = { bytes: 50 * 1024 * 1024, rows: 200_000, columns: 64, cellChars: 4000, zipEntries: 1000, inflatedBytes: 200 * 1024 * 1024, zipRatio: 200 } as const

/** Longer cells are kept one letter over the limit, so that they are known to be too long. */
export const KEPT_CHARS: number = tableLimits.cellChars + 1

export type TableProblemCode =
  | 'too_large'
  | 'empty'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'encoding'
  | 'binary'
  | 'quote_not_closed'
  | 'record_too_long'
  | 'csv_damaged'
  | 'xls_or_encrypted'
  | 'not_xlsx'
  | 'zip_damaged'
  | 'zip_unsupported'
  | 'zip_bomb'
  | 'xml_damaged'

/** Why a file cannot be read (further). Holds a code and, where known, the line and column (both from 1); never content. */
export class TableProblem extends Error {
  override readonly name = 'TableProblem'
  readonly code: TableProblemCode
  readonly line: number | null
  readonly column: number | null
  constructor(code: TableProblemCode, line: number | null = null, column: number | null = null) {
    super(code)
    this.code = code
    this.line = line
    this.column = column
  }
}

/** What is wrong with one cell of a row that was read all the same; `column` from 1. The cell itself is given empty. */
export type CellProblem = { column: number; code: 'cell_too_long' | 'extra_cells' | 'error_value' }

/** `line` is the line of the text file, or the row of the sheet, where the row begins. `cells` has every heading of the table. */
export type TableRow = { line: number; cells: Record<string, string>; problems: CellProblem[] }

export type Table = {
  format: 'csv' | 'xlsx'
  /** Headings in order, made different from each other: a second «Телефон» is «Телефон (2)», one without words is «#3». */
  header: string[]
  /** May be gone through once; throws TableProblem. */
  rows: AsyncIterable<TableRow>
  /** Lets the source go when the rows are not wanted (to the end). */
  close: () => Promise<void>
}

/** A row before it has headings. `errorColumns` (from 1) hold an error value of the spreadsheet. `values` are at most one more than the limit of columns. */
export type RawRow = { line: number; values: string[]; errorColumns?: number[] }
