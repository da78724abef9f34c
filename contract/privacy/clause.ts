import { z } from 'zod'
import { get } from '../endpoint.ts'

/** The parts that the clauses of a policy fall into; `X`: what the law wants besides. */
export const clauseParts = ['P1', 'P2', 'P3', 'P4', 'P5', 'P6', 'P7', 'P8', 'P9', 'X'] as const
export type ClausePart = (typeof clauseParts)[number]
/** `controlled`: code holds it, tests prove it, evidence shows it; `partly`: something of it is missing and is named; `not_applicable`: with the reason. */
export const clauseStates = ['controlled', 'partly', 'not_yet', 'not_applicable'] as const
export type ClauseState = (typeof clauseStates)[number]

const Both = z.object({ ru: z.string(), en: z.string() })

export const ClauseRow = z.object({
  id: z.string(),
  sentence: Both,
  state: z.enum(clauseStates),
  /** What is missing, or why it does not apply. */
  because: Both.nullable(),
  /** Where the code is that holds it. */
  control: z.string().nullable(),
  tests: z.array(z.object({ file: z.string(), name: z.string() })),
  evidence: z.string().nullable(),
})
export type ClauseRow = z.output<typeof ClauseRow>

/** What the database says at this moment. `isGood`: null where a number is only a number. */
export const ClauseEvidence = z.object({
  code: z.string(),
  what: Both,
  count: z.number().int(),
  parts: z.array(z.object({ name: z.string(), count: z.number().int() })),
  isGood: z.boolean().nullable(),
  at: z.iso.datetime(),
})
export type ClauseEvidence = z.output<typeof ClauseEvidence>

export const clauses = {
  list: get('/clauses', {
    can: 'clause.read',
    summary: 'What the policy promises, clause by clause: what holds it and what proves it',
    input: z.object({ part: z.enum(clauseParts).optional(), state: z.enum(clauseStates).optional(), search: z.string().trim().max(100).optional() }),
    output: z.object({ rows: z.array(ClauseRow), counts: z.record(z.enum(clauseStates), z.number().int()), total: z.number().int() }),
  }),
  show: get('/clauses/:clause', {
    can: 'clause.read',
    summary: 'One clause with its evidence, computed now',
    input: z.object({ clause: z.string().trim().min(1).max(40) }),
    output: ClauseRow.extend({ proof: ClauseEvidence.nullable() }),
  }),
}
