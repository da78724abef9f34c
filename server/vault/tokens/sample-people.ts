import type { Contact } from '../protocol.ts'
import { femaleNames, femalePatronymics, maleNames, malePatronymics, type Weighted } from './names.ts'
import { feminine, surnames, surnameShares } from './surnames.ts'

/** People for the tests of search, the same for the same seed. */
export type SamplePerson = { personId: string; masculine: string; contact: Contact }

/** mulberry32: a small seeded generator, 0 ≤ x < 1. For samples only. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The list and a made-up tail that goes on with the same law until the whole population is covered: `[surname, share]`, most frequent first. */
export function wholePopulation(): [string, number][] {
  const all = new Map(surnameShares)
  let covered = [...all.values()].reduce((sum, share) => sum + share, 0)
  const starts = surnames.map((surname) => surname.slice(0, 3))
  const middles = ['ал', 'ен', 'ор', 'ут', 'иш', 'арн', 'елк', 'ост']
  const ends = ['ов', 'ин', 'енко', 'ский', 'ук', 'ян', 'ых', 'ер']
  const combinations = starts.length * middles.length * ends.length
  for (let at = 0; covered < 1 && at < combinations; at++) {
    const round = Math.trunc(at / starts.length)
    const made = `${starts[at % starts.length]}${middles[(at + round) % middles.length]}${ends[Math.trunc(round / middles.length + at / 5) % ends.length]}`
    if (all.has(made)) continue
    const share = 0.013 * (all.size + 1) ** -0.55
    all.set(made, share)
    covered += share
  }
  return [...all]
}

/** Draws by weight in logarithmic time. */
export function drawer<T>(weighted: readonly (readonly [T, number])[], random: () => number): () => T {
  let total = 0
  const sums = weighted.map(([, weight]) => (total += weight))
  return () => {
    const wanted = random() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= wanted) low = middle + 1
      else high = middle
    }
    const drawn = weighted[low]
    if (!drawn) throw new RangeError('nothing to draw from')
    return drawn[0]
  }
}

/** `count` people with surname, given name, patronymic, one phone and one e-mail, men and women by halves. */
export function samplePeople(count: number, seed: number): SamplePerson[] {
  const random = seeded(seed)
  const pairs = (list: readonly Weighted[]): [string, number][] => list.map(({ name, weight }) => [name, weight])
  const surname = drawer(wholePopulation(), random)
  const [man, woman, son, daughter] = [maleNames, femaleNames, malePatronymics, femalePatronymics].map((list) => drawer(pairs(list), random))
  return Array.from({ length: count }, (_, at) => {
    const masculine = surname()
    const isMan = random() < 0.5
    const digits = String(Math.trunc(random() * 1e9)).padStart(9, '0')
    const contact: Contact = {
      surname: isMan ? masculine : feminine(masculine),
      given: (isMan ? man : woman)?.(),
      patronymic: (isMan ? son : daughter)?.(),
      phones: [{ e164: `+79${digits}`, typed: `89${digits}` }],
      emails: [{ address: `p${at}@example.org`, typed: `p${at}@example.org` }],
    }
    return { personId: `person-${seed}-${at}`, masculine, contact }
  })
}
