import { clauseParts, type ClausePart } from '../../../contract/privacy/clause.ts'

/** How many clauses each part has: the list that the registry is held against, ids only. */
const counts: Record<ClausePart, number> = { P1: 7, P2: 37, P3: 11, P4: 27, P5: 32, P6: 13, P7: 11, P8: 18, P9: 11, X: 15 }

/** `P1.1` … `P9.11`, `X1` … `X15`. */
export const clauseIds: readonly string[] = clauseParts.flatMap((part) => Array.from({ length: counts[part] }, (_, at) => (part === 'X' ? `X${at + 1}` : `${part}.${at + 1}`)))
export const partOf = (id: string): ClausePart => clauseParts.find((part) => id === part || id.startsWith(`${part}.`)) ?? 'X'
