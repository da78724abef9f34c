import { createSecretKey, randomUUID, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { bind, openBytes, sealBytes } from '../crypto/envelope.ts'
import { newKeyBytes } from '../crypto/wrap.ts'
import { openBaoRoot } from './openbao.ts'

/**
 * What stands above all keys. Every epoch has a root key of its own, so that destroying an epoch makes every old backup of the
 * key store useless, also for someone who holds the root as it is today.
 */
export interface Root {
  /** Names the root in the key store: a fingerprint or an address, never a key. */
  id: string
  /** Makes the root key of an epoch; does nothing when it is there. */
  create(e: number): Promise<void>
  wrap(e: number, key: Buffer): Promise<Buffer>
  /** Throws when the wrap was changed, or the epoch's root key is destroyed. */
  unwrap(e: number, wrapped: Buffer): Promise<Buffer>
  /** For ever; does nothing when it is gone already. */
  destroy(e: number): Promise<void>
}

/**
 * @param place a file's path (made with mode 0600 when missing) or `openbao+https://host:port/<mount>/keys/<name>` of a transit engine.
 * @throws Error with a sentence when the file cannot be read or the address is not understood.
 */
export const openRoot = (place: string, env: NodeJS.ProcessEnv = process.env): Root => (place.startsWith('openbao+') ? openBaoRoot(place, env) : fileRoot(place))

type RootFile = { id: string; epochs: Record<string, string> }

/** Reads the file at every use (a few times a month), so that two processes never overwrite each other's epochs from memory. */
function fileRoot(path: string): Root {
  const { id } = readOrMake(path)
  const keyOf = (e: number): KeyObject => {
    const key = readOrMake(path).epochs[e]
    if (!key) throw new Error(`The root key file ${path} holds no key of epoch ${e}: it is not the file this key store was made with, or the epoch is destroyed.`)
    return createSecretKey(Buffer.from(key, 'base64'))
  }
  const aad = (e: number): Buffer => bind('root', id, e)
  return {
    id: `file:${id}`,
    async create(e) {
      const file = readOrMake(path)
      if (file.epochs[e]) return
      file.epochs[e] = newKeyBytes().toString('base64')
      save(path, file)
    },
    wrap: async (e, key) => sealBytes(keyOf(e), aad(e), key),
    unwrap: async (e, wrapped) => openBytes(keyOf(e), aad(e), wrapped),
    async destroy(e) {
      const file = readOrMake(path)
      delete file.epochs[e]
      save(path, file)
    },
  }
}

function readOrMake(path: string): RootFile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new Error(`The root key file ${path} cannot be read: ${(error as Error).message}.`)
    const made: RootFile = { id: randomUUID(), epochs: {} }
    save(path, made)
    return made
  }
  try {
    const file = JSON.parse(text) as RootFile
    if (typeof file.id === 'string' && typeof file.epochs === 'object') return file
  } catch {
    // The sentence below says it; the parser's own would quote a key.
  }
  throw new Error(`The root key file ${path} is damaged: put it back from its backup.`)
}

/** Written aside and renamed, so that a crash leaves the old file or the new one, never half of one. */
function save(path: string, file: RootFile): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const aside = `${path}.new`
  const handle = openSync(aside, 'w', 0o600)
  try {
    writeSync(handle, `${JSON.stringify(file)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(aside, path)
}
