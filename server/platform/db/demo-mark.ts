/** Whether a database holds the demo: it says so itself, in its comment, before the first row of the demo is written. */
import pg from 'pg'

const MARK = 'infotech demo'

async function withClient<T>(owner: pg.ClientConfig, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** Its accounts have a password that everybody knows, so production must not start on it. */
export function isDemo(owner: pg.ClientConfig): Promise<boolean> {
  return withClient(owner, async (client) => {
    const { rows } = await client.query<{ mark: string | null }>("select shobj_description(oid, 'pg_database') as mark from pg_database where datname = current_database()")
    return rows[0]?.mark === MARK
  })
}

export function markDemo(owner: pg.ClientConfig): Promise<void> {
  return withClient(owner, async (client) => {
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    await client.query(`comment on database ${pg.escapeIdentifier(rows[0]?.name ?? '')} is ${pg.escapeLiteral(MARK)}`)
  })
}

/** `empty`: no company; `begun`: companies without the platform, which a demo writes last; `whole`: nothing to fill in. */
export function contentOf(owner: pg.ClientConfig): Promise<'empty' | 'begun' | 'whole'> {
  return withClient(owner, async (client) => {
    const { rows } = await client.query<{ companies: number; platforms: number }>(
      "select count(*)::int as companies, (count(*) filter (where kind = 'platform'))::int as platforms from tenants",
    )
    const { companies = 0, platforms = 0 } = rows[0] ?? {}
    return companies === 0 ? 'empty' : platforms === 0 ? 'begun' : 'whole'
  })
}
