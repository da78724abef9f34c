import { fold } from '../normalise/text.ts'
import { MAX_VARIANTS, type TokenKind } from './index-key.ts'
import { femaleNames, maleNames } from './names.ts'
import { deletions, skeleton, withoutGender } from './skeleton.ts'
import { feminine, listCoverage, surnames, surnameShares } from './surnames.ts'

export const MIN_PREFIX = 3
export const MAX_PREFIX = 6

/** Rank from which on names are rare enough to be left as they are. */
const REFERENCE_RANK = 500
type Shares = Map<string, number>
type Table = { reference: number; name: Shares; prefix: Shares; deletion: Shares; skeleton: Shares; given: Shares; initial: Shares }

const add = (shares: Shares, value: string, share: number): void => void shares.set(value, (shares.get(value) ?? 0) + share)

function build(): Table {
  const table: Table = {
    reference: surnameShares.get(surnames[REFERENCE_RANK - 1] ?? '') ?? 1,
    name: new Map(),
    prefix: new Map(),
    deletion: new Map(),
    skeleton: new Map(),
    given: new Map(),
    initial: new Map(),
  }
  for (const [surname, share] of surnameShares) {
    add(table.name, withoutGender(fold(surname)), share)
    add(table.skeleton, skeleton(surname), share)
    for (const value of deletions(skeleton(surname))) add(table.deletion, value, share)
    for (const form of [surname, feminine(surname)]) addPrefixes(table.prefix, fold(form), share / 2)
  }
  for (const list of [maleNames, femaleNames]) {
    const total = list.reduce((sum, { weight }) => sum + weight, 0)
    for (const { name, weight } of list) {
      add(table.given, skeleton(name), weight / total / 2)
      add(table.initial, skeleton(name).charAt(0), weight / total / 2)
    }
  }
  return table
}

function addPrefixes(shares: Shares, folded: string, share: number): void {
  for (let length = MIN_PREFIX; length <= Math.min(MAX_PREFIX, folded.length); length++) {
    // Names beyond the list begin like those on it: the short beginnings gather that half of the people too.
    add(shares, folded.slice(0, length), length <= 4 ? share / listCoverage : share)
  }
}

let built: Table | undefined

/**
 * Expected share of the people who bear this value, 0 for what is not on the lists. Compounds (`surname|given`) are taken as independent.
 */
function shareOf(kind: TokenKind, value: string): number {
  built ??= build()
  return shares[kind]?.(built, value) ?? 0
}

/** The kinds whose values are on the lists; every other kind is as good as unique. */
const shares: Partial<Record<TokenKind, (table: Table, value: string) => number | undefined>> = {
  name: ({ name }, value) => name.get(value),
  prefix: ({ prefix }, value) => prefix.get(value),
  deletion: ({ deletion }, value) => deletion.get(value),
  name_initial: ({ name, initial }, value) => both(value, name, initial),
  name_given: ({ name, given }, value) => both(value, name, given),
  skeleton_initial: (table, value) => both(value, table.skeleton, table.initial),
}

function both(value: string, left: Shares, right: Shares): number {
  const bar = value.indexOf('|')
  return (left.get(value.slice(0, bar)) ?? 0) * (right.get(value.slice(bar + 1)) ?? 0)
}

/**
 * How many variants a token is spread over: the power of two that brings its share below that of the 500th surname, at most 64.
 * Powers of two nest, so the variants of a common name stay apart from each other in its prefixes and deletions as well.
 */
export function variantCount(kind: TokenKind, value: string): number {
  const times = shareOf(kind, value) / (built?.reference ?? 1)
  return times <= 1 ? 1 : Math.min(MAX_VARIANTS, 2 ** Math.ceil(Math.log2(times)))
}
