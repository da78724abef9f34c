import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { sharedCluster } from '../../../test/cluster/shared-cluster.ts'
import { freshDatabase } from '../../../test/database.ts'
import { freePort } from '../embedded/free-port.ts'
import { examineServer } from './examine-server.ts'

const said = async (...asked: Parameters<typeof examineServer>): Promise<string> => {
  const finding = await examineServer(...asked)
  return 'mistake' in finding ? finding.mistake : `well: ${finding.system.length > 0}`
}

test('what is wrong with a database of one’s own is said in a sentence that names the setting', async (t) => {
  const { owner } = await freshDatabase(t)
  assert.equal(await said('DATABASE_URL', owner), 'well: true')
  assert.match(await said('DATABASE_URL', { ...owner, password: 'another' }), /^DATABASE_URL: the server at .* does not let infotech_owner in: check name and password\.$/)
  assert.match(await said('KEYSTORE_URL', { ...owner, database: 'none_here' }), /^KEYSTORE_URL: there is no database none_here on the server at .*\.$/)
  const port = await freePort()
  assert.equal(await said('DATABASE_URL', { ...owner, host: '127.0.0.1', port }), `DATABASE_URL: nobody answers at 127.0.0.1:${port}: check the address, and that the server runs.`)
  assert.equal(await said('DATABASE_URL', { ...owner, host: 'no-such-host.invalid' }), 'DATABASE_URL: the name no-such-host.invalid is not known here.')
})

test('an owner who may not make roles, and a role that does not own the database, are told how to change that', async (t) => {
  const { superuser } = await sharedCluster()
  const { owner } = await freshDatabase(t)
  const [user, password] = [`guest_${randomBytes(6).toString('hex')}`, randomBytes(12).toString('hex')]
  const root = new pg.Client({ ...superuser, database: owner.database })
  await root.connect()
  t.after(async () => [await root.query(`revoke all on database ${owner.database} from ${user}; drop role ${user}`), await root.end()])
  await root.query(`create role ${user} login password '${password}'; grant connect on database ${owner.database} to ${user}`)
  const guest = { ...owner, user, password }
  assert.match(await said('DATABASE_URL', guest), new RegExp(`^DATABASE_URL: ${user} may not make roles\\..*alter role "${user}" createrole\\.$`))
  await root.query(`alter role ${user} createrole`)
  assert.match(await said('DATABASE_URL', guest), new RegExp(`^DATABASE_URL: ${user} does not own the database ${owner.database}\\.`))
})

test('two databases of one server are known to be of one server', async (t) => {
  const { owner, keysOwner } = await freshDatabase(t)
  assert.deepEqual(await examineServer('DATABASE_URL', owner), await examineServer('KEYSTORE_URL', keysOwner))
})
