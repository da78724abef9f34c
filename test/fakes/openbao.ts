/** The transit engine of OpenBao as far as the vault uses it: keys by name, encrypt and decrypt with associated data, deletion only when allowed. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Key = { bytes: Buffer; isDeletable: boolean }
type Body = { plaintext?: string; ciphertext?: string; associated_data?: string; deletion_allowed?: boolean }
export type FakeOpenBao = { address: string; token: string; keys: Map<string, Key>; /** Answers 503 to everything while true. */ isSealed: boolean; close: () => Promise<void> }

export async function fakeOpenBao(): Promise<FakeOpenBao> {
  const fake: FakeOpenBao = { address: '', token: randomBytes(16).toString('hex'), keys: new Map(), isSealed: false, close: async () => {} }
  const server = createServer((request, response) => {
    void read(request).then((body) => {
      const { status, data } = answer(fake, request, body)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(status === 204 ? '' : JSON.stringify(status < 300 ? { data } : { errors: [data] }))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fake.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  fake.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return fake
}

async function read(request: IncomingMessage): Promise<Body> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text ? (JSON.parse(text) as Body) : {}
}

function answer(fake: FakeOpenBao, { method, url, headers }: IncomingMessage, body: Body): { status: number; data?: unknown } {
  if (fake.isSealed) return { status: 503, data: 'Vault is sealed' }
  if (headers['x-vault-token'] !== fake.token) return { status: 403, data: 'permission denied' }
  const [, , mount, act, name = '', last] = (url ?? '').split('/')
  if (mount !== 'transit') return { status: 404, data: 'no handler for route' }
  const key = fake.keys.get(name)
  if (act === 'keys' && method === 'POST' && !last) {
    if (!key) fake.keys.set(name, { bytes: randomBytes(32), isDeletable: false })
    return { status: 204 }
  }
  if (!key) return { status: 400, data: 'encryption key not found' }
  if (act === 'keys' && last === 'config') {
    key.isDeletable = body.deletion_allowed === true
    return { status: 204 }
  }
  if (act === 'keys' && method === 'DELETE') return key.isDeletable && fake.keys.delete(name) ? { status: 204 } : { status: 400, data: 'deletion is not allowed for this key' }
  return act === 'encrypt' ? encrypt(key, body) : decrypt(key, body)
}

const associated = (body: Body): Buffer => Buffer.from(body.associated_data ?? '', 'base64')

function encrypt({ bytes }: Key, body: Body): { status: number; data: unknown } {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', bytes, nonce).setAAD(associated(body))
  const sealed = Buffer.concat([nonce, cipher.update(Buffer.from(body.plaintext ?? '', 'base64')), cipher.final(), cipher.getAuthTag()])
  return { status: 200, data: { ciphertext: `vault:v1:${sealed.toString('base64')}` } }
}

function decrypt({ bytes }: Key, body: Body): { status: number; data: unknown } {
  const sealed = Buffer.from((body.ciphertext ?? '').replace('vault:v1:', ''), 'base64')
  try {
    const decipher = createDecipheriv('aes-256-gcm', bytes, sealed.subarray(0, 12)).setAAD(associated(body)).setAuthTag(sealed.subarray(-16))
    return { status: 200, data: { plaintext: Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('base64') } }
  } catch {
    return { status: 400, data: 'cipher: message authentication failed' }
  }
}
