/**
 * npm run db           runs the migrations on an empty database and writes what comes out: db/schema.sql, db/keystore-schema.sql, server/platform/db/tables.ts
 * npm run db stamp     writes the right hashes into the first lines of the migrations, then the same
 * npm run db migrate   brings DATABASE_URL and KEYSTORE_URL to the newest shape without starting anything (npm start does it by itself)
 */
import { readFileSync, writeFileSync, existsSync } from 'node:fs'
import path from 'node:path'
import { stampMigrations } from '../server/platform/db/migration-files.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { migrationFolders, prepareDatabases } from '../server/platform/db/prepare.ts'

const [command = 'generate', ...rest] = process.argv.slice(2)
const done: string[] = []

switch (command) {
  case 'generate':
    await generate()
    break
  case 'stamp':
    for (const folder of Object.values(migrationFolders)) for (const name of stampMigrations(folder)) console.log(`Stamped ${name}`)
    await generate()
    break
  case 'migrate':
    await migrateNamed()
    break
  default:
    console.error(`There is no npm run db ${[command, ...rest].join(' ')}; there are: npm run db, npm run db stamp, npm run db migrate.`)
    process.exitCode = 1
}

async function generate(): Promise<void> {
  const { freshDatabase } = await import('../test/database.ts')
  const { generatedFiles } = await import('../server/platform/db/generated-files.ts')
  const database = await freshDatabase({ after: () => {} })
  try {
    for (const [file, text] of await generatedFiles({ main: database.owner, keys: database.keysOwner })) {
      if (existsSync(file) && readFileSync(file, 'utf8') === text) continue
      writeFileSync(file, text)
      done.push(path.relative(repositoryFolder, file))
    }
  } finally {
    await database.drop()
  }
  console.log(done.length ? `Written: ${done.join(', ')}` : 'Nothing has changed.')
}

async function migrateNamed(): Promise<void> {
  const { readConfig } = await import('../server/platform/config/config.ts')
  const { readSecrets } = await import('../server/platform/secrets/secrets.ts')
  const config = readConfig(process.env)
  const mistakes =
    'mistakes' in config
      ? config.mistakes
      : config.databaseUrl && config.keystoreUrl
        ? []
        : ['Set DATABASE_URL and KEYSTORE_URL: the embedded databases are migrated by npm start.']
  if ('mistakes' in config || mistakes.length) {
    console.error(mistakes.join('\n'))
    process.exitCode = 1
    return
  }
  const { parseDatabaseUrl } = await import('../server/platform/config/database-url.ts')
  const { databasePasswords } = readSecrets(config.dataDir)
  const owners = { main: parseDatabaseUrl(config.databaseUrl ?? ''), keys: parseDatabaseUrl(config.keystoreUrl ?? '') }
  const { main, keys } = await prepareDatabases(owners, databasePasswords, config.env !== 'production')
  console.log(`Migrations run: ${[...main, ...keys].join(', ') || 'none'}.`)
}
