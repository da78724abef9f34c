import path from 'node:path'
import pg from 'pg'
import { dumpSchema } from './dump-schema.ts'
import { generateTables } from './generate-tables.ts'
import { repositoryFolder } from '../config/repository.ts'

/**
 * What the repository keeps of the migrations' result.
 * @param owners as the owner of each migrated database.
 * @returns absolute file name → text.
 */
export async function generatedFiles(owners: { main: pg.ClientConfig; keys: pg.ClientConfig }): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  await withClient(owners.main, async (client) => {
    files.set(path.join(repositoryFolder, 'server/platform/db/tables.ts'), await generateTables(client))
    files.set(path.join(repositoryFolder, 'db/schema.sql'), await dumpSchema(client))
  })
  await withClient(owners.keys, async (client) => {
    files.set(path.join(repositoryFolder, 'db/keystore-schema.sql'), await dumpSchema(client))
  })
  return files
}

async function withClient(connection: pg.ClientConfig, act: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await act(client)
  } finally {
    await client.end()
  }
}
