import { createHmac, randomBytes } from 'node:crypto'

/**
 * Which line of a file first had a phone, an e-mail or a number. A file may hold hundreds of thousands of them, and a process that lives for minutes
 * must not carry them readable in its memory: each is eight bytes of an HMAC under a key that dies with the run.
 */
export class SeenRows {
  readonly #key = randomBytes(32)
  readonly #lines = new Map<bigint, number>()

  /** The line that had it first; `line` itself when none did. */
  firstLine(text: string, line: number): number {
    return this.#lines.get(this.#hash(text)) ?? line
  }

  add(text: string, line: number): void {
    this.#lines.set(this.#hash(text), line)
  }

  #hash(text: string): bigint {
    return createHmac('sha256', this.#key).update(text).digest().readBigUInt64LE(0)
  }
}
