import type { Held, StaffText } from './pack.ts'

/**
 * What staff wrote about the person, word by word: it may speak of somebody else, so each goes into the answer only when the officer says so (152-ФЗ art. 14
 * ч.2). Words that no declaration claims are treated the same; the person's own are not here.
 */
export function textsOfStaff({ told, texts, madeAt }: Held): StaffText[] {
  const claimed = new Map(told.flatMap(({ declared, rows }) => (declared.read?.texts ? rows.map((row) => [row.id, { declared, row }] as const) : [])))
  const written: StaffText[] = []
  for (const [recordId, text] of texts) {
    const claim = claimed.get(recordId)
    if (claim?.declared.read?.texts === 'person') continue
    const at = claim?.row.at
    written.push({ recordId, at: at instanceof Date ? at : madeAt, table: claim?.declared.table ?? '', text })
  }
  return written.sort((a, b) => b.at.getTime() - a.at.getTime())
}
