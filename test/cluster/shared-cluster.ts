/** One PostgreSQL for all tests of this repository and user: the first who needs it starts it, it stops itself when nobody has used it for five minutes. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, openSync, readFileSync, statfsSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { DatabaseConnection } from '../../server/platform/config/runtime.ts'
import { repositoryFolder } from '../../server/platform/config/repository.ts'
import type { RolePasswords } from '../../server/platform/db/prepare.ts'

export type TestCluster = { superuser: DatabaseConnection; ownerPassword: string; passwords: RolePasswords; pid: number }

const ROOM_BYTES = 2 * 1024 ** 3
const START_WAIT_MS = 90_000

/** Memory where there is room, else the temp folder: tests care for speed, not for what outlives them. */
export function clusterFolder(): string {
  const id = createHash('sha256').update(repositoryFolder).digest('hex').slice(0, 12)
  return path.join(hasRoom('/dev/shm') ? '/dev/shm' : os.tmpdir(), `infotech-test-${process.getuid?.() ?? 0}-${id}`)
}

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > ROOM_BYTES
  } catch {
    return false
  }
}

/** The file that says how to reach the cluster: named by TEST_CLUSTER, or in the cluster's folder. */
export function clusterFile(): string {
  return process.env.TEST_CLUSTER ?? path.join(clusterFolder(), 'cluster.json')
}

/**
 * The shared cluster, running.
 * @throws Error with a sentence when it does not come up.
 */
export async function sharedCluster(): Promise<TestCluster> {
  for (const deadline = Date.now() + START_WAIT_MS; Date.now() < deadline; await sleep(200)) {
    const found = await reachable()
    if (found) return found
    if (process.env.TEST_CLUSTER) continue
    startKeeper()
    for (let wait = 0; wait < 100; wait++) {
      await sleep(100)
      const begun = await reachable()
      if (begun) return begun
    }
  }
  throw new Error(`The test cluster does not answer; see ${path.join(clusterFolder(), 'keeper.log')}.`)
}

async function reachable(): Promise<TestCluster | undefined> {
  let cluster: TestCluster
  try {
    cluster = JSON.parse(readFileSync(clusterFile(), 'utf8')) as TestCluster
  } catch {
    return undefined
  }
  const client = new pg.Client({ ...cluster.superuser, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    return cluster
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => {})
  }
}

/** Starts a keeper of its own session, so that it outlives the test that needed it; when another one is already there, it goes away at once. */
function startKeeper(): void {
  const folder = clusterFolder()
  mkdirSync(folder, { recursive: true, mode: 0o711 })
  const log = openSync(path.join(folder, 'keeper.log'), 'a', 0o600)
  const keeper = path.join(repositoryFolder, 'tools/test-cluster.ts')
  spawn(process.execPath, [keeper], { detached: true, stdio: ['ignore', log, log], cwd: '/', env: { ...process.env, NODE_TEST_CONTEXT: undefined } }).unref()
}
