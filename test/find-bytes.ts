/**
 * Many words at once in many bytes (Aho and Corasick, 1975): one step a byte however many words there are, where looking for each by itself would read a
 * cluster's files some hundred times.
 */
const BYTES = 256

type Automaton = {
  /** From state × byte to the next state. */
  next: Int32Array
  /** The word that ends in a state, or -1; and the nearest shorter state in which another one ends, or 0. */
  word: Int32Array
  shorter: Int32Array
}

/** Answers the places in the list of those words that stand in the bytes, each once. */
export function byteFinder(words: readonly Uint8Array[]): (bytes: Uint8Array) => number[] {
  const automaton = build(words)
  return (bytes) => {
    const { next, word, shorter } = automaton
    const found = new Set<number>()
    let state = 0
    for (let at = 0; at < bytes.length; at++) {
      state = next[state * BYTES + bytes[at]!]!
      for (let end = word[state]! >= 0 ? state : shorter[state]!; end !== 0; end = shorter[end]!) found.add(word[end]!)
    }
    return [...found].toSorted((one, other) => one - other)
  }
}

function build(words: readonly Uint8Array[]): Automaton {
  const most = words.reduce((sum, { length }) => sum + length, 1)
  const [next, word, shorter, back] = [new Int32Array(most * BYTES), new Int32Array(most).fill(-1), new Int32Array(most), new Int32Array(most)]
  let states = 1
  for (const [place, bytes] of words.entries()) {
    if (bytes.length === 0) throw new RangeError('an empty word stands everywhere')
    let state = 0
    for (const byte of bytes) state = next[state * BYTES + byte] ||= states++
    word[state] = place
  }
  const queue = Array.from(next.subarray(0, BYTES)).filter((state) => state !== 0)
  for (let state = queue.shift(); state !== undefined; state = queue.shift()) {
    const fallback = back[state]!
    shorter[state] = word[fallback]! >= 0 ? fallback : shorter[fallback]!
    for (let byte = 0; byte < BYTES; byte++) {
      const to = next[state * BYTES + byte]!
      const otherwise = next[fallback * BYTES + byte]!
      if (to === 0) next[state * BYTES + byte] = otherwise
      else {
        back[to] = otherwise
        queue.push(to)
      }
    }
  }
  return { next, word, shorter }
}
