import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose_gc')
const collect = runInNewContext('gc') as () => void

/** Bytes of buffers that this process holds and still needs: what nobody needs is collected first, so that the number depends on no chance. */
export async function liveBytes(): Promise<number> {
  // What one collection frees is counted only after the turn in which it is swept.
  for (const _ of [1, 2]) {
    collect()
    await nextTurn()
  }
  return process.memoryUsage().arrayBuffers
}
