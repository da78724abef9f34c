import { globSync } from 'node:fs'
import { repositoryFolder } from '../server/platform/config/repository.ts'

/** Our own TypeScript below these folders, relative to the repository, in steady order. */
export const sourceFiles = (...folders: string[]): string[] =>
  globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: repositoryFolder },
  )
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('node_modules/'))
    .sort()
