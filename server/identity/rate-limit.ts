const MAX_KEYS = 100_000

/** At most `limit` takes per key in a sliding window of `windowMs`; lives in memory, bounded. */
export class RateLimit {
  readonly #limit: number
  readonly #windowMs: number
  readonly #buckets = new Map<string, { left: number; at: number }>()
  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** False when the key has used its share: a leaking bucket that fills evenly over the window. */
  take(key: string, now: Date): boolean {
    const at = now.getTime()
    const bucket = this.#buckets.get(key) ?? { left: this.#limit, at }
    bucket.left = Math.min(this.#limit, bucket.left + ((at - bucket.at) / this.#windowMs) * this.#limit)
    bucket.at = at
    if (this.#buckets.size >= MAX_KEYS && !this.#buckets.has(key)) this.#forgetOldest()
    this.#buckets.set(key, bucket)
    if (bucket.left < 1) return false
    bucket.left--
    return true
  }

  #forgetOldest(): void {
    for (const key of this.#buckets.keys()) {
      this.#buckets.delete(key)
      return
    }
  }
}
