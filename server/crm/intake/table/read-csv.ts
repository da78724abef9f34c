import { finished } from 'node:stream'
import type { Parser } from 'csv-parse'
import { CsvError, parse } from 'csv-parse'
import { decodeText } from './decode-text.ts'
import type { RawRow } from './types.ts'
import { TableProblem, tableLimits } from './types.ts'

/** Fields of the first lines decide; ties go to the semicolon of Russian Excel. */
const delimiters = [';', '\t', ','] as const
type Delimiter = (typeof delimiters)[number]
/** Twice what the widest row of the longest cells needs for quotes; an unclosed quote is noticed by then. */
const RECORD_LIMIT = tableLimits.columns * tableLimits.cellChars * 2
const LINES_LOOKED_AT = 20

/**
 * Rows of a text with separators: `;`, tab or `,`, quotes as in RFC 4180, bare quotes inside a cell forgiven, any line endings, Excel's `sep=` line obeyed.
 * Throws TableProblem: encoding, binary, quote_not_closed, record_too_long, csv_damaged, too_many_columns.
 */
export async function* readCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<RawRow> {
  const texts = decodeText(chunks)
  const start = await texts.next()
  const first = start.done ? '' : start.value
  const announced = /^sep=([;,\t])\r?\n/i.exec(first)
  const body = announced ? first.slice(announced[0].length) : first
  const delimiter = announced?.[1] ?? detectDelimiter(body)
  const records: { values: string[]; endLine: number }[] = []
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: RECORD_LIMIT,
    record_delimiter: ['\r\n', '\n', '\r'],
    // Taken here, in the turn in which they are read: records waiting in a stream are lost when it fails, and with them the line of the failure.
    on_record: (values: string[], { lines }) => void records.push({ values, endLine: lines }),
  })
  parser.on('error', () => undefined).resume()
  let line = announced ? 2 : 1
  const skipped = announced ? 1 : 0
  const take = function* (): Generator<RawRow> {
    for (const { values, endLine } of records) {
      const began = line
      line = endLine + skipped + 1
      yield { line: began, values: withinColumns(values, began) }
    }
    records.length = 0
  }
  try {
    for await (const text of restOf(body, texts)) {
      const problem = await feed(parser, text)
      yield* take()
      if (problem) throw problemOf(problem, line)
    }
    const problem = await feed(parser, null)
    yield* take()
    if (problem) throw problemOf(problem, line)
  } finally {
    parser.destroy()
    await texts.return(undefined)
  }
}

async function* restOf(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  if (first) yield first
  for await (const text of rest) if (text) yield text
}

/** Resolves when the text (null: the end) has been read, with the failure if there was one. */
function feed(parser: Parser, text: string | null): Promise<Error | null> {
  return new Promise((resolve) => {
    const done = (error?: Error | null) => resolve(error ?? null)
    if (text === null) finished(parser.end(), { readable: false }, done)
    else parser.write(text, done)
  })
}

function withinColumns(record: string[], line: number): string[] {
  const extra = record.findIndex((value, index) => index >= tableLimits.columns && value.trim() !== '')
  if (extra !== -1) throw new TableProblem('too_many_columns', line, extra + 1)
  return record.slice(0, tableLimits.columns)
}

function problemOf(error: Error, line: number): Error {
  if (!(error instanceof CsvError)) return error
  if (error.code === 'CSV_QUOTE_NOT_CLOSED') return new TableProblem('quote_not_closed', line)
  if (error.code === 'CSV_MAX_RECORD_SIZE') return new TableProblem('record_too_long', line)
  return new TableProblem('csv_damaged', line)
}

/** The separator that gives the most columns in the heading and is as frequent in the lines after it. */
export function detectDelimiter(text: string): Delimiter {
  const lines = text
    .slice(0, 64 * 1024)
    .split(/\r\n|\n|\r/, LINES_LOOKED_AT + 1)
    .filter((line) => line.trim() !== '')
    .slice(0, LINES_LOOKED_AT)
  let best: Delimiter = ';'
  let bestScore = 0
  for (const delimiter of delimiters) {
    const counts = lines.map((line) => countOutsideQuotes(line, delimiter))
    const heading = counts[0] ?? 0
    // Lines that keep the heading's number of columns weigh more than many separators in one line.
    const score = heading === 0 ? 0 : (counts.filter((count) => count === heading).length / counts.length) * 100 + heading
    if (score > bestScore) [best, bestScore] = [delimiter, score]
  }
  return best
}

function countOutsideQuotes(line: string, delimiter: string): number {
  let count = 0
  let isQuoted = false
  for (const char of line) {
    if (char === '"') isQuoted = !isQuoted
    else if (char === delimiter && !isQuoted) count += 1
  }
  return count
}
