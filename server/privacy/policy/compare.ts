import { isDeepStrictEqual } from 'node:util'
import type { DiffLine, PolicyChange, PolicyPart } from '../../../contract/privacy/policy.ts'
import type { PolicyFacts } from './facts.ts'

/** The facts that a published policy no longer tells as they are, line by line. `wording`: the facts are the same and our own words have changed. */
export function changesOf(told: Partial<PolicyFacts>, now: PolicyFacts, isSameText: boolean): PolicyChange[] {
  // What an earlier release did not tell of yet was nothing.
  const before = { operator: null, contact: null, site: null, activities: [], trackers: [], texts: [], processors: [], ...told }
  const changes = [
    ...changed('operator', now.operator.name, before.operator, now.operator),
    ...changed('contact', now.contact ?? before.contact ?? '', before.contact, now.contact),
    ...changed('site', now.site ?? before.site ?? '', before.site, now.site),
    ...changedLines(
      'register',
      before.activities,
      now.activities,
      ({ code }) => code,
      ({ name }) => name,
    ),
    ...changedLines('trackers', before.trackers, now.trackers, ({ name }) => name),
    ...changedLines('texts', before.texts, now.texts, ({ kind }) => kind),
    ...changedLines('processors', before.processors, now.processors, ({ name }) => name),
  ]
  return changes.length === 0 && !isSameText ? [{ part: 'wording', what: '', how: 'changed' }] : changes
}

const changed = (part: PolicyPart, what: string, before: unknown, now: unknown): PolicyChange[] => {
  if (isDeepStrictEqual(before, now)) return []
  return [{ part, what, how: before === null ? 'added' : now === null ? 'removed' : 'changed' }]
}

function changedLines<T>(part: PolicyPart, before: readonly T[], now: readonly T[], keyOf: (line: T) => string, nameOf = keyOf): PolicyChange[] {
  const [old, fresh] = [new Map(before.map((line) => [keyOf(line), line])), new Map(now.map((line) => [keyOf(line), line]))]
  return [
    ...now.flatMap((line): PolicyChange[] => {
      const was = old.get(keyOf(line))
      if (was === undefined) return [{ part, what: nameOf(line), how: 'added' }]
      return isDeepStrictEqual(was, line) ? [] : [{ part, what: nameOf(line), how: 'changed' }]
    }),
    ...before.filter((line) => !fresh.has(keyOf(line))).map((line): PolicyChange => ({ part, what: nameOf(line), how: 'removed' })),
  ]
}

/** What the next text adds and takes away, paragraph by paragraph in reading order (longest common subsequence). */
export function difference(before: string, now: string): DiffLine[] {
  const [old, fresh] = [paragraphs(before), paragraphs(now)]
  const common = commonLengths(old, fresh)
  const lines: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < old.length || j < fresh.length) {
    const [was, is] = [old[i], fresh[j]]
    if (was !== undefined && was === is) [i, j] = [i + 1, j + 1]
    else if (is !== undefined && (was === undefined || (common[i]?.[j + 1] ?? 0) > (common[i + 1]?.[j] ?? 0))) {
      lines.push({ sign: 'added', text: is })
      j++
    } else {
      lines.push({ sign: 'removed', text: was ?? '' })
      i++
    }
  }
  return lines
}

const paragraphs = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** `lengths[i][j]`: how many paragraphs the rests from i and from j have in common, in order. */
function commonLengths(old: readonly string[], fresh: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => Array.from({ length: fresh.length + 1 }, () => 0))
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      const [row, below] = [lengths[i] ?? [], lengths[i + 1] ?? []]
      row[j] = old[i] === fresh[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}
