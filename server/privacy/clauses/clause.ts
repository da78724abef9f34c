import type { ClauseRow } from '../../../contract/privacy/clause.ts'
import type { EvidenceCode } from './evidence/index.ts'
import { proofs, type Proof } from './proofs.ts'

/** A clause as the registry holds it: our own sentence of what we do about it, what holds it in code, what proves it. */
export type Clause = Omit<ClauseRow, 'evidence'> & { evidence: EvidenceCode | null }
type Said = readonly [ru: string, en: string]
type Held = { control: string; proofs: readonly Proof[]; evidence: EvidenceCode | null; /** Why the evidence is static, where there is none to count. */ because?: Said }
type Half = { control: string; proofs: readonly Proof[]; evidence: EvidenceCode | null; lacks: Said }

const both = ([ru, en]: Said): { ru: string; en: string } => ({ ru, en })
const testsOf = (names: readonly Proof[]): ClauseRow['tests'] =>
  names.map((name) => {
    const [file, title] = proofs[name]
    return { file, name: title }
  })

/** Code holds it, tests prove it, the database shows it; without a number `because` tells why. */
export const held = (id: string, sentence: Said, { control, proofs: names, evidence, because }: Held): Clause => ({
  id,
  sentence: both(sentence),
  state: 'controlled',
  because: because ? both(because) : null,
  control,
  tests: testsOf(names),
  evidence,
})
/** Something of it is held; what is missing is said. */
export const partly = (id: string, sentence: Said, { control, proofs: names, evidence, lacks }: Half): Clause => ({
  id,
  sentence: both(sentence),
  state: 'partly',
  because: both(lacks),
  control,
  tests: testsOf(names),
  evidence,
})
const bare =
  (state: 'not_yet' | 'not_applicable') =>
  (id: string, sentence: Said, because: Said): Clause => ({
    id,
    sentence: both(sentence),
    state,
    because: both(because),
    control: null,
    tests: [],
    evidence: null,
  })
/** Nothing holds it yet; what stands in its place is said. */
export const notYet = bare('not_yet')
/** We do not do this at all, and why. */
export const notOurs = bare('not_applicable')
