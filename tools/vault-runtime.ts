import { existsSync } from 'node:fs'
import path from 'node:path'
import { readConfig } from '../server/platform/config/config.ts'
import { readRuntime } from '../server/platform/config/runtime.ts'
import { runFolder } from '../server/platform/config/write-runtime.ts'

/** What the vault of the running installation was started with. Throws Error when none runs here. */
export function vaultRuntime() {
  const config = readConfig(process.env)
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  const file = path.join(runFolder(config.dataDir), 'vault.json')
  if (!process.env.INFOTECH_RUNTIME && !existsSync(file)) throw new Error(`Infotech does not run from ${config.dataDir}: start it with npm start, then ask again.`)
  process.env.INFOTECH_RUNTIME ??= file
  return readRuntime('vault')
}
