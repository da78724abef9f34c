/** Brings a database to the newest shape: forward only, one transaction each, one migrator at a time. */
import pg from 'pg'
import { readMigrations, verifyChain, type MigrationFile } from './migration-files.ts'
import { scramVerifier } from './scram.ts'

/** Who signs in to the database, and what they may become. Those of `noinherit` can do nothing until they `set role`. */
const logins = {
  infotech_web: { memberOf: ['infotech_app'], inherits: false },
  infotech_worker: { memberOf: ['infotech_app', 'infotech_sealer'], inherits: false },
  infotech_vault_login: { memberOf: ['infotech_vault'], inherits: true },
  infotech_keys: { memberOf: [], inherits: true },
} as const satisfies Record<string, { memberOf: string[]; inherits: boolean }>

export type LoginRole = keyof typeof logins

/** Any two migrators of one database. */
const LOCK = 7264000

export type MigrateOptions = {
  folder: string
  /** The login roles this database is for, with their passwords; set anew at every run. */
  passwords: Partial<Record<LoginRole, string>>
  /** Whether a file may say `-- previous: pending`. */
  pendingAllowed?: boolean
}

/**
 * Runs what has not been run yet and gives the login roles their passwords.
 * @param owner as the owner of the database, who may make roles.
 * @returns the names of the migrations it ran.
 * @throws Error with a sentence when the chain of files is broken or a file differs from what was applied.
 */
export async function migrate(owner: pg.ClientConfig, { folder, passwords, pendingAllowed = false }: MigrateOptions): Promise<string[]> {
  const files = readMigrations(folder)
  verifyChain(files, pendingAllowed)
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('set client_min_messages = warning')
    await client.query('create table if not exists migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())')
    const { rows } = await client.query<{ name: string; hash: string }>('select name, hash from migrations order by name')
    const pending = notYetApplied(files, rows)
    const roles = namesOf(passwords)
    for (const role of roles) await inTransaction(client, () => giveLogin(client, role, passwords[role] ?? ''))
    for (const { name, text, hash } of pending) await inTransaction(client, () => apply(client, name, text, hash))
    for (const role of roles) await joinGroups(client, role)
    await closeToOthers(client, roles)
    return pending.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

function notYetApplied(files: MigrationFile[], applied: { name: string; hash: string }[]): MigrationFile[] {
  for (const { name, hash } of applied) {
    const file = files.find((each) => each.name === name)
    if (!file) throw new Error(`The database was migrated by ${name}, which is not among the files: the program is older than its data.`)
    if (file.hash !== hash) throw new Error(`Migration ${name} was changed after it was applied. Write a new migration instead; a demo can be made anew with npm run demo:reset.`)
  }
  const last = applied.at(-1)?.name ?? ''
  const pending = files.filter(({ name }) => !applied.some((each) => each.name === name))
  const late = pending.find(({ name }) => name < last)
  if (late) throw new Error(`Migration ${late.name} comes before ${last}, which is already applied: number it after that one.`)
  return pending
}

async function inTransaction(client: pg.Client, act: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await act()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function apply(client: pg.Client, name: string, text: string, hash: string): Promise<void> {
  try {
    await client.query(text)
  } catch (error) {
    const { message, position } = error as pg.DatabaseError
    const line = position ? `, line ${text.slice(0, Number(position)).split('\n').length}` : ''
    throw new Error(`Migration ${name}${line}: ${message}`, { cause: error })
  }
  await client.query('insert into migrations (name, hash) values ($1, $2)', [name, hash])
}

function namesOf(passwords: Partial<Record<LoginRole, string>>): LoginRole[] {
  return (Object.keys(logins) as LoginRole[]).filter((role) => passwords[role] !== undefined)
}

async function giveLogin(client: pg.Client, role: LoginRole, password: string): Promise<void> {
  if (password.length < 16) throw new Error(`The password of ${role} is shorter than 16 characters.`)
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role])
  const inherit = logins[role].inherits ? 'inherit' : 'noinherit'
  const verifier = pg.escapeLiteral(scramVerifier(password))
  await client.query(`${rowCount ? 'alter' : 'create'} role ${role} login ${inherit} password ${verifier}`)
}

async function joinGroups(client: pg.Client, role: LoginRole): Promise<void> {
  const held = 'select from pg_auth_members m join pg_roles g on g.oid = m.roleid join pg_roles l on l.oid = m.member where g.rolname = $1 and l.rolname = $2'
  for (const group of logins[role].memberOf) {
    const { rowCount } = await client.query(held, [group, role])
    if (!rowCount) await client.query(`grant ${group} to ${role}`)
  }
}

/** Only the roles of this database may even connect to it. */
async function closeToOthers(client: pg.Client, roles: LoginRole[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name')
  const database = pg.escapeIdentifier(rows[0]?.name ?? '')
  await client.query(`revoke all on database ${database} from public`)
  if (roles.length) await client.query(`grant connect on database ${database} to ${roles.join(', ')}`)
}
