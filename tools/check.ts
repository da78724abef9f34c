/** npm run check: types, lint, format, the map of modules, unused code. Needs no database. Everything is run, so that one sees all there is to mend. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { step } from './step.ts'

const bin = (name: string) => path.join(repositoryFolder, 'node_modules/.bin', name)

const results = [
  await step('types', bin('tsc'), ['--noEmit', '-p', '.']),
  await step('lint', bin('oxlint'), ['--type-aware', '--deny-warnings', '.']),
  await step('format', bin('oxfmt'), ['--check', '.']),
  await architecture(),
  await step('unused code', bin('knip'), ['--no-progress']),
]
process.exitCode = results.every(Boolean) ? 0 : 1

async function architecture(): Promise<boolean> {
  const file = 'test/architecture.test.ts'
  if (!existsSync(path.join(repositoryFolder, file))) {
    console.error(`${file} is missing: nobody keeps the map of modules.`)
    return false
  }
  return step('architecture', process.execPath, ['--test', '--test-reporter=dot', file])
}
