/**
 * npm run keys -- status                    epochs, keys, destructions
 * npm run keys -- rotate-epoch [--now]      opens the next epoch and wraps every key anew, while people work; --now destroys all older ones at once
 * npm run keys -- rotate-root <place>       moves the epochs under another root: a file's path or openbao+https://host:8200/transit/keys/name
 * npm run keys -- sweep [--all]             deletes keys of work that never committed
 * npm run keys -- rebuild-search          makes the search tokens anew from sealed facts, after a restore of a backup without them
 * npm run keys -- canary <tenant> <person>  names an invented person whose opening is reported
 * The databases must be up: npm start, or DATABASE_URL and KEYSTORE_URL with a start before.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { openPool } from '../server/platform/db/pool.ts'
import { isUuid } from '../server/platform/ids.ts'
import { KeyStore } from '../server/vault/keys/key-store.ts'
import { openRoot } from '../server/vault/keys/root.ts'
import { rebuildSearch } from '../server/vault/keys/rebuild-search.ts'
import { rotateEpoch, rotateRoot } from '../server/vault/keys/rotate.ts'
import { sweep } from '../server/vault/keys/sweep.ts'
import { vaultRuntime } from './vault-runtime.ts'

const {
  values: flags,
  positionals: [command = 'status', ...words],
} = parseArgs({ options: { all: { type: 'boolean', default: false }, now: { type: 'boolean', default: false } }, allowPositionals: true })

try {
  await run()
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function run(): Promise<void> {
  const runtime = vaultRuntime()
  const keys = openPool(runtime.keystore, 3)
  const main = openPool(runtime.database, 1)
  try {
    const store = new KeyStore(keys, openRoot(runtime.rootKey))
    await store.open()
    switch (command) {
      case 'status':
        return await status(store)
      case 'rotate-epoch':
        return await turnEpoch(store)
      case 'rotate-root':
        return await turnRoot(store, words[0])
      case 'sweep':
        return console.log(`${await sweep(store, main, { all: flags.all })} keys of work that never committed were deleted.`)
      case 'rebuild-search':
        return console.log(`${await rebuildSearch(store, main)} search tokens were made anew.`)
      case 'canary':
        return await addCanary(store, words[0], words[1])
      default:
        throw new Error(`There is no npm run keys -- ${command}; there are: status, rotate-epoch, rotate-root, sweep, rebuild-search, canary.`)
    }
  } finally {
    await Promise.all([keys.end(), main.end()])
  }
}

async function status(store: KeyStore): Promise<void> {
  const { rows: epochs } = await store.pool.query<{ e: number; opened_at: Date; rewrapped_at: Date | null; destroyed_at: Date | null; keys: number }>(
    'select e, opened_at, rewrapped_at, destroyed_at, (select count(*)::int from data_keys d where d.e = epochs.e) as keys from epochs order by e',
  )
  console.log(`root ${store.root.id}`)
  for (const { e, opened_at: opened, rewrapped_at: rewrapped, destroyed_at: destroyed, keys } of epochs) {
    const state = destroyed ? `destroyed ${destroyed.toISOString()}` : rewrapped ? 'live' : 'live, its rotation is not finished'
    console.log(`epoch ${e}: opened ${opened.toISOString()}, ${state}, ${keys} data keys`)
  }
  const { rows } = await store.pool.query<{ shreds: number; canaries: number }>(
    'select (select count(*)::int from shreds) as shreds, (select count(*)::int from canaries) as canaries',
  )
  console.log(`${rows[0]?.shreds ?? 0} destructions, ${rows[0]?.canaries ?? 0} canaries`)
}

async function turnEpoch(store: KeyStore): Promise<void> {
  const rotation = await rotateEpoch(store, flags.now ? { living: 1 } : {})
  if (!rotation) throw new Error('The vault is rotating by itself at this moment.')
  console.log(
    `Epoch ${rotation.epoch}: ${rotation.keys} data keys of ${rotation.tenants.length} tenants wrapped anew.${rotation.destroyed.length > 0 ? ` Destroyed for ever: epoch ${rotation.destroyed.join(', ')}.` : ''}`,
  )
}

async function turnRoot(store: KeyStore, place: string | undefined): Promise<void> {
  if (!place) throw new Error('Name the new root: npm run keys -- rotate-root <file or openbao+https://…>.')
  const moved = await rotateRoot(store, openRoot(place.startsWith('openbao+') ? place : path.resolve(place)))
  if (!moved) throw new Error('The vault is rotating by itself at this moment.')
  console.log(`${moved.epochs} epochs are under the new root. Now set ROOT_KEY to it and start anew; until then the running vault works with the keys it has open.`)
}

async function addCanary(store: KeyStore, tenantId = '', personId = ''): Promise<void> {
  if (!isUuid(tenantId) || !isUuid(personId)) throw new Error('Name the tenant and the person by their ids: npm run keys -- canary <tenant> <person>.')
  await store.pool.query('insert into canaries (tenant_id, person_id) values ($1, $2) on conflict do nothing', [tenantId, personId])
  console.log('Within a minute the vault reports whoever opens this person.')
}
