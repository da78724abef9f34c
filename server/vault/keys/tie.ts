import type pg from 'pg'

/**
 * Which main database this key store belongs to. A key that no row names is deleted, so the rows must be the right ones: an empty or strange database
 * names none. The id is in the database's own backups, so a restored one is still the same.
 */
export async function tie(keys: pg.Pool, main: pg.Pool): Promise<boolean> {
  await keys.query('insert into installation (id) values ($1) on conflict do nothing', [await idOf(main)])
  return isTied(keys, main)
}

export const isTied = async (keys: pg.Pool, main: pg.Pool): Promise<boolean> => (await idOf(keys)) === (await idOf(main))

async function idOf(pool: pg.Pool): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>('select id from installation')
  return rows[0]?.id ?? null
}
