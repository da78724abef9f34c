/** Deeper than any input of the contract by far. */
const MAX_DEPTH = 64

/**
 * Whether lists and objects of this JSON text stand in each other more than 64 deep. Parsers take such a text, and everything that walks the
 * value afterwards (checks, hashes, sealing) runs out of stack. One pass over the text; what is no JSON is left to the parser.
 */
export function isTooDeep(text: string): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === QUOTE) at = endOfText(text, at)
    else if (sign === OPEN_LIST || sign === OPEN_OBJECT) {
      if (++depth > MAX_DEPTH) return true
    } else if (sign === CLOSE_LIST || sign === CLOSE_OBJECT) depth--
  }
  return false
}

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d]

/** Place of the quote that ends the text begun at `from`, or the end of everything. */
function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === BACKSLASH) at++
    else if (sign === QUOTE) return at
  }
  return text.length
}
