const MAX_KEYS = 100_000

/** At most `limit` takes per key in a sliding window of `windowMs`; lives in memory, bounded. */
export class RateLimit {
  readonly #limit: number
  readonly #windowMs: number
  readonly #buckets = new Map<string, { left: number; at: number }>()
  readonly #taken = new Set<string>()
  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** False when the key has used its share: a leaking bucket that fills evenly over the window. `by`: what took it, for `took`. */
  take(key: string, now: Date, by?: string): boolean {
    const at = now.getTime()
    const bucket = this.#buckets.get(key) ?? { left: this.#limit, at }
    bucket.left = Math.min(this.#limit, bucket.left + ((at - bucket.at) / this.#windowMs) * this.#limit)
    bucket.at = at
    if (this.#buckets.size >= MAX_KEYS && !this.#buckets.has(key)) forgetOldest(this.#buckets)
    this.#buckets.set(key, bucket)
    if (bucket.left < 1) return false
    bucket.left--
    if (by !== undefined) this.#remember(`${key} ${by}`)
    return true
  }

  /** Whether this very thing has had its share of the key. The oldest are forgotten first: they are counted anew, never let through. */
  took(key: string, by: string): boolean {
    return this.#taken.has(`${key} ${by}`)
  }

  #remember(taken: string): void {
    if (this.#taken.size >= MAX_KEYS) forgetOldest(this.#taken)
    this.#taken.add(taken)
  }
}

/** Both keep the order in which their keys came. */
function forgetOldest(kept: Map<string, unknown> | Set<string>): void {
  for (const key of kept.keys()) {
    kept.delete(key)
    return
  }
}
