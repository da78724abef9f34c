/**
 * Chance that repeats: everything in the demo network is drawn from here, so one seed gives one network.
 * The generator is sfc32 (Chris Doty-Humphrey, PractRand); it is fast and even, and no secret may ever be drawn from it.
 */
export type Random = {
  /** A fraction in [0, 1). */
  next: () => number
  /** A whole number, both ends included. */
  int: (from: number, to: number) => number
  /** True with this probability. */
  chance: (probability: number) => boolean
  pick: <T>(list: readonly T[]) => T
  /** Waiting time with this mean: many short ones, few long ones. */
  exponential: (mean: number) => number
  /** An id of the shape of UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, the rest drawn. */
  uuid: (at: Date | number) => string
  /** An independent stream: what one part draws does not shift what another part gets. */
  fork: (label: string) => Random
}

/** The demo that everybody sees is drawn from this word. */
export const defaultSeed = 'infotech'

/** Four 32-bit words from a text (cyrb128): close texts give unrelated streams. */
function seedWords(text: string): [number, number, number, number] {
  let a = 1779033703
  let b = 3144134277
  let c = 1013904242
  let d = 2773480762
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a]
}

function sfc32(text: string): () => number {
  let [a, b, c, counter] = seedWords(text)
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + t) | 0
    return t >>> 0
  }
  // The first words still show the seed.
  for (let i = 0; i < 16; i++) next()
  return next
}

const hex8 = (word: number): string => word.toString(16).padStart(8, '0')

function uuidFrom(word: () => number, at: number): string {
  const time = at.toString(16).padStart(12, '0')
  const a = hex8(word())
  // Bitwise operators give signed numbers; `>>> 0` makes the word unsigned again.
  const variant = hex8(((word() & 0x3fffffff) | 0x80000000) >>> 0)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${a.slice(0, 3)}-${variant.slice(0, 4)}-${variant.slice(4)}${hex8(word())}`
}

/** @param seed any text; the same text gives the same stream for ever. */
export function createRandom(seed: string): Random {
  const word = sfc32(seed)
  const next = (): number => word() / 4294967296
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1))
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (list) => {
      const chosen = list[Math.floor(next() * list.length)]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
    exponential: (mean) => -Math.log(1 - next()) * mean,
    uuid: (at) => uuidFrom(word, Math.floor(Number(at))),
    fork: (label) => createRandom(`${seed}/${label}`),
  }
}

/** Draws by weight in O(log n): the table is summed up once. Weights are any positive numbers. */
export function weighted<T>(entries: readonly (readonly [T, number])[]): (random: Random) => T {
  const values = entries.map(([value]) => value)
  const sums: number[] = []
  let total = 0
  for (const [, weight] of entries) sums.push((total += weight))
  if (!(total > 0)) throw new RangeError('weights must sum to more than nothing')
  return (random) => {
    const at = random.next() * total
    let low = 0
    let high = sums.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sums[middle] ?? 0) <= at) low = middle + 1
      else high = middle
    }
    return values[low] as T
  }
}
