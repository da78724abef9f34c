/** The vault process: the only one that holds keys. Started by server/main.ts. */
import { enableCompileCache } from 'node:module'
import path from 'node:path'
import { readRuntime } from './platform/config/runtime.ts'

const runtime = readRuntime('vault')
const log = (message: string, about: Record<string, unknown> = {}): void =>
  void process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), process: 'vault', message, ...about })}\n`)

// Code that was compiled before needs no compiler in memory: some twenty megabytes less. Hence the import that waits.
enableCompileCache(path.join(runtime.dataDir, 'cache', 'vault'))
const { startVault } = await import('./vault/start-vault.ts')

try {
  const vault = await startVault({ ...runtime, log })
  log('ready')
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    void vault.close().then(() => process.exit(0))
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
  // The launcher is gone: nobody is left to restart or stop this process.
  process.once('disconnect', stop)
} catch (error) {
  log((error as Error).message)
  process.exit(1)
}
