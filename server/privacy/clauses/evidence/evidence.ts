import type { ClauseEvidence } from '../../../../contract/privacy/clause.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'

/** The little that evidence may do: read in one company, at one moment. The screen and the command line both have it. */
export type EvidenceReader = Pick<Ctx, 'run' | 'now' | 'tenantId'>
export type Counted = { name: string | null; count: number }
/** `zero`: any row is a breach; `some`: without a row the clause is an empty word; `any`: a number that only tells how much. */
export type Wanted = 'zero' | 'some' | 'any'
export type Evidence = {
  what: { ru: string; en: string }
  wanted: Wanted
  read: (reader: EvidenceReader) => Promise<readonly Counted[]>
}

/** Evidence that one statement counts: rows of `name` and `count`; `$1` is the company, `$2` this moment. */
export const counted = (code: string, wanted: Wanted, ru: string, en: string, sql: string): Evidence => {
  const what = statement<Counted>(`evidence_${code}`, sql)
  return { what: { ru, en }, wanted, read: (reader) => reader.run(what, sql.includes('$2') ? [reader.now()] : []) }
}

/** Reads it now. The count is the sum; parts are told where there are names. */
export async function readEvidence(reader: EvidenceReader, code: string, { what, wanted, read }: Evidence): Promise<ClauseEvidence> {
  const rows = await read(reader)
  const count = rows.reduce((sum, row) => sum + Number(row.count), 0)
  const parts = rows.flatMap((row) => (row.name === null ? [] : [{ name: row.name, count: Number(row.count) }]))
  return { code, what, count, parts, isGood: isGood(wanted, count), at: reader.now().toISOString() }
}

export const isGood = (wanted: Wanted, count: number): boolean | null => (wanted === 'any' ? null : (count === 0) === (wanted === 'zero'))
