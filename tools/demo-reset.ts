/** npm run demo:reset: throws the demo's data away; the next npm start makes it anew. Touches nothing that is not the demo's. */
import { rmSync } from 'node:fs'
import path from 'node:path'
import { readConfig, type Config } from '../server/platform/config/config.ts'
import { runFolder } from '../server/platform/config/write-runtime.ts'
import { contentOf, isDemo } from '../server/platform/db/demo-mark.ts'
import { clusterHome } from '../server/platform/embedded/binaries.ts'
import { clusterFolders, openDatabases } from '../server/platform/embedded/databases.ts'
import { takeLock } from '../server/platform/embedded/lock.ts'
import { readSecrets } from '../server/platform/secrets/secrets.ts'

const config = readConfig(process.env)
const objection = 'mistakes' in config ? config.mistakes.join('\n') : await objectionTo(config)
if (objection || 'mistakes' in config) {
  console.error(objection)
  process.exitCode = 1
} else {
  for (const folder of Object.values(clusterFolders(config.dataDir))) rmSync(clusterHome(folder), { recursive: true, force: true })
  for (const name of ['files', 'heads', 'outbox', 'secrets', 'run']) rmSync(path.join(config.dataDir, name), { recursive: true, force: true })
  console.log(`The demo in ${config.dataDir} is gone. npm start makes it anew.`)
}

async function objectionTo({ env, databaseUrl, keystoreUrl, dataDir, ...rest }: Config): Promise<string | undefined> {
  if (env === 'production') return 'This is production: there is no demo to throw away.'
  if (databaseUrl || keystoreUrl) return 'The databases are named by URL: only embedded ones are thrown away. Drop and make yours yourself.'
  const lock = takeLock(path.join(runFolder(dataDir), 'launcher.lock'))
  if ('heldBy' in lock) return `It is running (process ${lock.heldBy}): stop it first.`
  const databases = await openDatabases({ env, databaseUrl, keystoreUrl, dataDir, ...rest }, readSecrets(dataDir).ownerPassword, console.log)
  try {
    // Before the first migration there is no table to look into.
    const content = (await isDemo(databases.main)) ? 'empty' : await contentOf(databases.main).catch((error: { code?: string }) => (error.code === '42P01' ? 'empty' : 'whole'))
    return content === 'empty' ? undefined : `${dataDir} holds companies that are not the demo's: nothing was touched.`
  } finally {
    await databases.stop()
    lock.release()
  }
}
