import { Refusal } from './refusal.ts'

const WAIT_MS = 10_000

/** So many at once; the others wait in line, and who has waited too long is told to come back. */
export class Turns {
  readonly #most: number
  #running = 0
  readonly #line = new Set<() => void>()

  constructor(most: number) {
    this.#most = most
  }

  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running < this.#most) this.#running++
    else await this.#wait()
    try {
      return await run()
    } finally {
      this.#next()
    }
  }

  #wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        clearTimeout(patience)
        resolve()
      }
      const patience = setTimeout(() => {
        this.#line.delete(go)
        reject(new Refusal('unavailable'))
      }, WAIT_MS)
      this.#line.add(go)
    })
  }

  /** Whoever is next takes the place over, so that nobody slips in between. */
  #next(): void {
    for (const go of this.#line) {
      this.#line.delete(go)
      return go()
    }
    this.#running--
  }
}
