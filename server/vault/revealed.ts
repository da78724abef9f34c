import { inspect } from 'node:util'

/**
 * A personal value on its way from the vault to one screen. It has no string form: logging it prints a placeholder, serialising
 * it throws. Only the kernel, for an endpoint that declares `personal`, unwraps it into the answer.
 */
export class Revealed<T> {
  readonly #value: T
  constructor(value: T) {
    this.#value = value
  }
  /** Part of the value, still wrapped. */
  map<U>(pick: (value: T) => U): Revealed<U> {
    return new Revealed(pick(this.#value))
  }
  /** The same for work that waits: reading a letter, a table. */
  async mapAsync<U>(pick: (value: T) => Promise<U>): Promise<Revealed<U>> {
    return new Revealed(await pick(this.#value))
  }
  toJSON(): never {
    throw new Error('a personal value was serialised outside an answer')
  }
  toString(): never {
    throw new Error('a personal value was turned into text')
  }
  [Symbol.toPrimitive](): never {
    throw new Error('a personal value was turned into text')
  }
  [inspect.custom](): string {
    return '[personal]'
  }
  /** For the kernel and for sending (mail, print) under a declared purpose; an architecture test lists the callers. */
  static open<T>(value: Revealed<T>): T {
    return value.#value
  }
}

/** The shape an act may answer with: any part of it may still be wrapped. */
export type Shown<T> = T | Revealed<T> | (T extends readonly (infer U)[] ? Shown<U>[] : T extends object ? { [K in keyof T]: Shown<T[K]> } : T)

/** Unwraps every revealed value inside an answer. What holds none is handed back as it is: of long lists that is most. */
export function openDeep(value: unknown): unknown {
  if (value instanceof Revealed) return openDeep(Revealed.open(value))
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  let opened = value as Record<string, unknown>
  for (const key of Object.keys(value)) {
    const part = opened[key]
    const open = openDeep(part)
    if (open === part) continue
    if (opened === value) opened = (Array.isArray(value) ? [...value] : { ...value }) as unknown as Record<string, unknown>
    opened[key] = open
  }
  return opened
}
