import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { freshDatabase } from '../../../test/database.ts'
import { generatedFiles } from './generated-files.ts'

test('whoever reads schema.sql and tables.ts reads what the migrations make', async (t) => {
  const { owner, keysOwner } = await freshDatabase(t)
  for (const [file, text] of await generatedFiles({ main: owner, keys: keysOwner })) {
    const [kept, made] = [readFileSync(file, 'utf8').split('\n'), text.split('\n')]
    const line = made.findIndex((each, number) => each !== kept[number])
    // The first difference says more than two whole files.
    assert.ok(line === -1 && kept.length === made.length, `${path.basename(file)} is out of date, run npm run db; line ${line + 1}: ${made[line]}`)
  }
})
