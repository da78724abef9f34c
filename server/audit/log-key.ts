import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { keyIdOf, publicKeyFrom } from './note.ts'
import type { PublicKey, Signer } from './note.ts'

/** The key that signs heads. Its public half goes to everyone who will ever check them. */
export type LogKey = Signer & { publicKey: PublicKey }

/**
 * Opens the Ed25519 key in this file (PKCS #8 PEM, mode 0600), making it at first use. Two processes starting together get the same key.
 * @throws Error when others may read the file, or when it is no Ed25519 key.
 */
export function logKey(file: string): LogKey {
  const pem = readKey(file) ?? makeKey(file)
  const key = createPrivateKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`${file} holds a key of kind ${String(key.asymmetricKeyType)}; the log signs with Ed25519`)
  const publicKey = publicKeyFrom(rawPublicKey(pem))
  return { publicKey, keyId: (name) => keyIdOf(name, publicKey.bytes), sign: (text) => sign(null, Buffer.from(text), key) }
}

/** Public key from a file: either half as PEM, or a C2SP verifier key line as `log-verify` prints it. @throws Error when it is neither. */
export function readPublicKey(file: string): PublicKey {
  const text = readFileSync(file, 'utf8').trim()
  if (text.startsWith('-----')) return publicKeyFrom(rawPublicKey(text))
  const bytes = Buffer.from(text.split('+').slice(2).join('+'), 'base64')
  if (bytes.length !== 33 || bytes[0] !== 0x01) throw new Error(`${file} holds neither a PEM key nor a verifier key`)
  return publicKeyFrom(bytes.subarray(1))
}

function rawPublicKey(pem: string): Buffer {
  const { x } = createPublicKey(pem).export({ format: 'jwk' })
  if (typeof x !== 'string') throw new Error('the log key is no Ed25519 key')
  return Buffer.from(x, 'base64url')
}

function readKey(file: string): string | null {
  try {
    const pem = readFileSync(file, 'utf8')
    if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) throw new Error(`${file} may be read by others: set its mode to 0600`)
    return pem
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null
    throw error
  }
}

/** Written aside and linked into place: a link, unlike a rename, never replaces the key another process has just made. */
function makeKey(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const aside = `${file}.${randomUUID()}`
  writeFileSync(aside, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true })
  chmodSync(aside, 0o600)
  try {
    linkSync(aside, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
  return readFileSync(file, 'utf8')
}

const isCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code
