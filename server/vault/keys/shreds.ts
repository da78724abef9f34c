import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type pg from 'pg'

export type Shred = { subjectId: string; keyIds: string[] }

/** Notes the destruction and deletes the keys in one statement, so that neither is ever there without the other. Returns how many keys died. */
export async function shred(pool: pg.Pool, tenantId: string, shreds: readonly Shred[], reason: string): Promise<number> {
  const keyIds = [...new Set(shreds.flatMap((one) => one.keyIds))]
  const { rows } = await pool.query<{ keys: number }>(
    `with noted as (
       insert into shreds (tenant_id, subject_id, key_ids, reason)
       select $1, subject_id, key_ids::uuid[], $4 from unnest($2::uuid[], $3::text[]) as given (subject_id, key_ids)
     ), gone as (
       delete from data_keys where tenant_id = $1 and key_id = any($5::uuid[]) returning 1
     ) select count(*)::int as keys from gone`,
    [tenantId, shreds.map((one) => one.subjectId), shreds.map((one) => `{${one.keyIds.join(',')}}`), reason, keyIds],
  )
  return rows[0]?.keys ?? 0
}

export async function countShreds(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('select count(*)::int as count from shreds')
  return rows[0]?.count ?? 0
}

/**
 * Leaves the count where no restore of a database can turn it back. It is never lowered: of two destructions at once the one that counted first may come last.
 * It is on the disk when this returns. Only the vault writes it, and nothing comes between its reading and its writing.
 */
export function anchorShreds(file: string, count: number): void {
  if (anchoredShreds(file) >= count) return
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.new`, `${JSON.stringify({ count })}\n`, { flush: true })
  renameSync(`${file}.new`, file)
  // The new name of the file is in memory until its folder is written too; Windows opens no folder and keeps names in a journal of its own.
  if (process.platform === 'win32') return
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** How many destructions the anchor knows of; 0 when there is none yet. @throws Error with a sentence when it cannot be read. */
export function anchoredShreds(file: string): number {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
  const count: unknown = (JSON.parse(text) as { count?: unknown }).count
  if (typeof count !== 'number') throw new Error(`${file} does not say how many destructions there were: put it back from its backup.`)
  return count
}
