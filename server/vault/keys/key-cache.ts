import type { KeyObject } from 'node:crypto'

const MAX_KEYS = 50_000
const LIFE_MS = 60_000

/** Opened data keys: the least recently used leave first, and none stays longer than a minute. */
export class KeyCache {
  readonly #keys = new Map<string, { key: KeyObject; until: number }>()
  readonly #now: () => number
  #generation = 0

  constructor(now: () => number) {
    this.#now = now
  }

  /** Changes whenever keys are destroyed: who began to load before must not put back what died meanwhile. */
  get generation(): number {
    return this.#generation
  }

  get(name: string): KeyObject | undefined {
    const entry = this.#keys.get(name)
    if (!entry) return undefined
    this.#keys.delete(name)
    if (entry.until <= this.#now()) return undefined
    this.#keys.set(name, entry)
    return entry.key
  }

  set(name: string, key: KeyObject, generation: number): void {
    if (generation !== this.#generation) return
    if (this.#keys.size >= MAX_KEYS) this.#keys.delete(this.#keys.keys().next().value ?? '')
    this.#keys.set(name, { key, until: this.#now() + LIFE_MS })
  }

  forget(names: readonly string[]): void {
    this.#generation++
    for (const name of names) this.#keys.delete(name)
  }

  /** Lets go of what nobody asked for again. */
  expire(): void {
    const now = this.#now()
    for (const [name, { until }] of this.#keys) if (until <= now) this.#keys.delete(name)
  }
}
