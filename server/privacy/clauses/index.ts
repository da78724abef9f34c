import { clauses, clauseStates, type ClausePart, type ClauseState } from '../../../contract/privacy/clause.ts'
import { handle, notFound } from '../../kernel/index.ts'
import type { Clause } from './clause.ts'
import { evidenceNow } from './evidence/index.ts'
import { partOf } from './ids.ts'
import { p1 } from './p1.ts'
import { p2Bases } from './p2-bases.ts'
import { p2Data } from './p2-data.ts'
import { p3 } from './p3.ts'
import { p4 } from './p4.ts'
import { p5Measures } from './p5-measures.ts'
import { p5Procedures } from './p5-procedures.ts'
import { p6 } from './p6.ts'
import { p7 } from './p7.ts'
import { p8 } from './p8.ts'
import { p9 } from './p9.ts'
import { x } from './x.ts'

export type { Clause } from './clause.ts'
export { evidenceCodes, evidenceNow, evidenceOf, isGood, type EvidenceCode } from './evidence/index.ts'

/** Every clause of the policy, in order: what we do about it, what holds it in code, what proves it, what shows it. */
export const allClauses: readonly Clause[] = [...p1, ...p2Data, ...p2Bases, ...p3, ...p4, ...p5Measures, ...p5Procedures, ...p6, ...p7, ...p8, ...p9, ...x]

export function countStates(rows: readonly Clause[]): Record<ClauseState, number> {
  const counts = Object.fromEntries(clauseStates.map((state) => [state, 0])) as Record<ClauseState, number>
  for (const { state } of rows) counts[state]++
  return counts
}

type Filter = { part?: ClausePart | undefined; state?: ClauseState | undefined; search?: string | undefined }
const speaksOf = ({ id, sentence, because }: Clause, search: string): boolean =>
  [id, sentence.ru, sentence.en, because?.ru ?? '', because?.en ?? ''].some((text) => text.toLowerCase().includes(search.toLowerCase()))

/** Counts are of the whole list, so that a filter never makes it look better. */
export const listClauses = handle(clauses.list, async (_ctx, { part, state, search }: Filter) => ({
  rows: allClauses.filter((clause) => (!part || partOf(clause.id) === part) && (!state || clause.state === state) && (!search || speaksOf(clause, search))),
  counts: countStates(allClauses),
  total: allClauses.length,
}))

export const showClause = handle(clauses.show, async (ctx, { clause: id }) => {
  const clause = allClauses.find((each) => each.id === id)
  if (!clause) throw notFound()
  return { ...clause, proof: clause.evidence ? await evidenceNow(ctx, clause.evidence) : null }
})

export const clauseActions = [listClauses, showClause]
