/** npm test: everything. The check, every *.test.ts on one PostgreSQL of the tests' own, then the browser's paths. Exit code 1 when anything fails. */
import { existsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { sharedCluster } from '../test/cluster/shared-cluster.ts'
import { findChromium } from './chromium.ts'
import { step } from './step.ts'

/** Tests wait for the database more than they compute, and share it. */
const CONCURRENCY = Math.max(2, Math.min(4, os.availableParallelism()))
const FOLDERS = ['contract', 'server', 'web', 'i18n', 'test', 'tools', 'bench']

const results: boolean[] = []
results.push(await step('check', process.execPath, [path.join(repositoryFolder, 'tools/check.ts')]))
await sharedCluster()
const patterns = FOLDERS.map((folder) => `${folder}/**/*.test.ts`)
results.push(
  await step('tests', process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--test',
    '--test-reporter=spec',
    `--test-concurrency=${CONCURRENCY}`,
    '--test-timeout=600000',
    ...patterns,
  ]),
)
if (existsSync(path.join(repositoryFolder, 'test/e2e'))) results.push(await browserPaths())
process.exitCode = results.every(Boolean) ? 0 : 1

async function browserPaths(): Promise<boolean> {
  const chromium = await findChromium()
  if ('missing' in chromium) {
    console.error(chromium.missing)
    return false
  }
  const playwright = path.join(repositoryFolder, 'node_modules/@playwright/test/cli.js')
  return step('browser', process.execPath, [playwright, 'test', '--config', 'test/e2e/playwright.config.ts'], { CHROMIUM_PATH: chromium.path })
}
