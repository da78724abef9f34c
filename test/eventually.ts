import { setTimeout as sleep } from 'node:timers/promises'

/** Asks until the answer is neither undefined nor false; at most ten seconds. */
export async function eventually<T>(ask: () => Promise<T | undefined | false>, what = 'what was waited for'): Promise<T> {
  for (const deadline = Date.now() + 10_000; Date.now() < deadline; await sleep(30)) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
  }
  throw new Error(`${what} did not come`)
}
