import { readFileSync } from 'node:fs'
import { bind } from '../crypto/envelope.ts'
import type { Root } from './root.ts'

const ANSWER_WAIT_MS = 5_000

/**
 * A transit engine of OpenBao (or HashiCorp Vault, whose HTTP API is the same) as the root. The key of epoch 3 is `<name>-e3`; it is never
 * exported, and destroying the epoch deletes it there. Token: OPENBAO_TOKEN or the file OPENBAO_TOKEN_FILE.
 * API: https://openbao.org/api-docs/secret/transit/
 */
export function openBaoRoot(address: string, env: NodeJS.ProcessEnv): Root {
  const url = new URL(address.slice('openbao+'.length))
  const [mount, keys, name] = url.pathname.split('/').filter(Boolean)
  if (!mount || keys !== 'keys' || !name) throw new Error('ROOT_KEY must look like openbao+https://host:8200/transit/keys/infotech.')
  const call = caller(`${url.origin}/v1/${mount}`, env)
  const keyName = (e: number): string => `${name}-e${e}`
  const associated = (e: number): string => bind('root', name, e).toString('base64')
  return {
    id: `openbao:${url.host}/${mount}/${name}`,
    create: async (e) => {
      await call('POST', `keys/${keyName(e)}`, { type: 'aes256-gcm96', exportable: false })
    },
    async wrap(e, key) {
      const { ciphertext } = await call('POST', `encrypt/${keyName(e)}`, { plaintext: key.toString('base64'), associated_data: associated(e) })
      return Buffer.from(ciphertext ?? '')
    },
    async unwrap(e, wrapped) {
      const { plaintext } = await call('POST', `decrypt/${keyName(e)}`, { ciphertext: wrapped.toString(), associated_data: associated(e) })
      return Buffer.from(plaintext ?? '', 'base64')
    },
    async destroy(e) {
      const gone = await call('POST', `keys/${keyName(e)}/config`, { deletion_allowed: true }).catch(absent)
      if (gone !== 'absent') await call('DELETE', `keys/${keyName(e)}`)
    },
  }
}

class BaoError extends Error {
  readonly status: number
  constructor(status: number, path: string) {
    super(`OpenBao answered ${status} to ${path}: check that the token may use the transit engine.`)
    this.status = status
  }
}

/** A key that is not there any more: 400 or 404, depending on the version. */
function absent(error: unknown): 'absent' {
  if (error instanceof BaoError && (error.status === 404 || error.status === 400)) return 'absent'
  throw error
}

type Answer = { ciphertext?: string; plaintext?: string }

function caller(base: string, env: NodeJS.ProcessEnv) {
  return async (method: 'POST' | 'DELETE', path: string, body?: Record<string, unknown>): Promise<Answer> => {
    const token = env.OPENBAO_TOKEN ?? (env.OPENBAO_TOKEN_FILE ? readFileSync(env.OPENBAO_TOKEN_FILE, 'utf8').trim() : '')
    if (!token) throw new Error('ROOT_KEY points to OpenBao: set OPENBAO_TOKEN or OPENBAO_TOKEN_FILE.')
    const reply = await fetch(`${base}/${path}`, {
      method,
      signal: AbortSignal.timeout(ANSWER_WAIT_MS),
      headers: { 'x-vault-token': token, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await reply.text()
    if (!reply.ok) throw new BaoError(reply.status, path)
    return text ? ((JSON.parse(text) as { data?: Answer }).data ?? {}) : {}
  }
}
