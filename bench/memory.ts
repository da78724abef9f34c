import { setTimeout as sleep } from 'node:timers/promises'
import { memoryMb } from './children.ts'
import type { Product } from './product.ts'

export type Memory = { restMb: Record<string, number>; loadMb: Record<string, number> }
const CALM_MS = 3_000
const EVERY_MS = 500

/** Memory of each process a moment after the start, and its highest until it is told to stop. */
export async function watchMemory({ web, worker, vault }: Product): Promise<{ stop: () => Memory }> {
  const pids = { web: web.pid, worker: worker.pid, vault: vault.pid }
  const read = (): Record<string, number> => Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, memoryMb(pid)]))
  await sleep(CALM_MS)
  const restMb = read()
  let loadMb = restMb
  const sampling = setInterval(() => {
    const now = read()
    loadMb = Object.fromEntries(Object.entries(loadMb).map(([name, mb]) => [name, Math.max(mb, now[name] ?? 0)]))
  }, EVERY_MS)
  return {
    stop: () => {
      clearInterval(sampling)
      return { restMb, loadMb }
    },
  }
}
