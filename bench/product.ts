/** The product as it runs: vault, worker and web as processes of their own, on the databases of the run. */
import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { accepts, NODE_FLAGS } from '../server/platform/embedded/child.ts'
import { startChild, type BenchChild } from './children.ts'
import type { World } from './world.ts'

export type Product = { vault: BenchChild; worker: BenchChild; web: BenchChild; stop: () => Promise<void> }
const START_WAIT_MS = 30_000
const PROBE = path.join(import.meta.dirname, 'probe.ts')

/**
 * `isProbed`: web and vault load the probe that tells layers apart, which costs some time itself. `profiles`: a folder into which every process
 * writes where its processor time went (open the files in the browser's tools).
 */
export async function startProduct(
  { folder, runtimes, webPort, vaultSocket }: World,
  { isProbed = false, profiles }: { isProbed?: boolean; profiles?: string | undefined } = {},
): Promise<Product> {
  const start = (name: 'vault' | 'worker' | 'web'): BenchChild =>
    startChild(path.join(repositoryFolder, 'server', `${name}.ts`), { INFOTECH_RUNTIME: runtimes[name], NODE_COMPILE_CACHE: path.join(folder, 'cache', 'compiled') }, [
      ...NODE_FLAGS,
      ...(isProbed && name !== 'worker' ? ['--import', PROBE] : []),
      ...(profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`, `--cpu-prof-name=${name}.cpuprofile`] : []),
    ])
  rmSync(vaultSocket, { force: true })
  const vault = start('vault')
  await until('the vault', async () => existsSync(vaultSocket))
  const worker = start('worker')
  const web = start('web')
  await until('the web server', () => accepts({ host: '127.0.0.1', port: webPort }))
  return { vault, worker, web, stop: async () => void (await Promise.all([web.stop(), worker.stop(), vault.stop()])) }
}

async function until(name: string, isReady: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + START_WAIT_MS; !(await isReady()); await sleep(50))
    if (Date.now() > deadline) throw new Error(`${name} does not answer after ${START_WAIT_MS / 1000} s`)
}
