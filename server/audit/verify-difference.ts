import type { Entry } from './log-entry.ts'
import type { Problem } from './verify-tree.ts'

/** A place whose leaf is not the one that was published when it was sealed. */
export type Difference = { entry: Entry; sealed: Buffer }
type Described = Pick<Problem, 'kind' | 'position' | 'eventId' | 'what'>

/**
 * Says what was done between two heads, given the places that differ, in order.
 * `isShifted`: everything behind stands one place off, so only the first place means anything.
 */
export function describeDifferences(differences: readonly Difference[]): { problems: Described[]; isShifted: boolean } {
  const sealed = new Set(differences.map((each) => each.sealed.toString('base64')))
  const ours = new Set(differences.map((each) => each.entry.leaf.toString('base64')))
  const [first, second] = differences
  if (first && second && second.entry.position === first.entry.position + 1) {
    if (second.entry.leaf.equals(first.sealed) && !sealed.has(first.entry.leaf.toString('base64')))
      return shifted(first, 'inserted', 'the entry was not in the tree when it was sealed; all behind it were moved')
    if (first.entry.leaf.equals(second.sealed) && !ours.has(first.sealed.toString('base64')))
      return shifted(first, 'removed', 'the entry that was sealed here is gone; all behind it were moved up')
  }
  const problems = differences.map(({ entry }): Described => {
    const { position, eventId } = entry
    return sealed.has(entry.leaf.toString('base64'))
      ? { kind: 'reordered', position, eventId, what: 'the entry was sealed in another place' }
      : { kind: 'changed', position, eventId, what: 'the event was rewritten together with its leaf' }
  })
  return { problems, isShifted: false }
}

function shifted({ entry }: Difference, kind: 'inserted' | 'removed', what: string): { problems: Described[]; isShifted: boolean } {
  return { problems: [{ kind, position: entry.position, eventId: kind === 'inserted' ? entry.eventId : null, what }], isShifted: true }
}
