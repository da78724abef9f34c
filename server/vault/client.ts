import { connect, type Socket } from 'node:net'
import { frameReader, toFrame } from './frames.ts'
import type { AddressTokens, Asker, RevealedPerson, Sealed, SearchHit, Vault } from './protocol.ts'
import { isErrorCode, VaultRefusal, VaultUnavailable } from './refusal.ts'
import type { Answer, Method } from './wire.ts'

const WAIT_MS = 5_000
const FIRST_PAUSE_MS = 25
const LONGEST_PAUSE_MS = 1_000

type Pending = { frame: Buffer; timer: NodeJS.Timeout; resolve: (result: unknown) => void; reject: (error: unknown) => void }

/** One connection for all requests. While the vault restarts, requests wait and are sent again: every method may be repeated. */
class Line {
  readonly #path: string
  readonly #token: string
  readonly #waitMs: number
  readonly #pending = new Map<number, Pending>()
  #socket: Socket | null = null
  #isOpen = false
  #isClosed = false
  #pause = FIRST_PAUSE_MS
  #retry: NodeJS.Timeout | undefined
  #next = 0

  constructor(path: string, token: string, waitMs: number) {
    this.#path = path
    this.#token = token
    this.#waitMs = waitMs
  }

  ask(method: Method, request: Record<string, unknown>): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new VaultUnavailable())
    return new Promise((resolve, reject) => {
      const i = this.#next++
      const frame = toFrame({ i, m: method, a: request })
      const timer = setTimeout(() => {
        this.#pending.delete(i)
        reject(new VaultUnavailable())
      }, this.#waitMs)
      this.#pending.set(i, { frame, timer, resolve, reject })
      if (this.#isOpen) this.#socket?.write(frame)
      else this.#connect()
    })
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#retry)
    this.#socket?.destroy()
    for (const { timer, reject } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new VaultUnavailable())
    }
    this.#pending.clear()
  }

  #connect(): void {
    if (this.#socket || this.#retry || this.#isClosed) return
    const socket = connect(this.#path)
    this.#socket = socket
    const read = frameReader((frame) => (this.#isOpen ? this.#settle(frame as Answer) : this.#welcome(socket)))
    socket.on('connect', () => socket.write(toFrame({ token: this.#token })))
    socket.on('data', (chunk) => {
      try {
        read(chunk)
      } catch {
        socket.destroy()
      }
    })
    // 'close' follows and does what there is to do.
    socket.on('error', () => {})
    socket.on('close', () => this.#lost())
  }

  #welcome(socket: Socket): void {
    this.#isOpen = true
    this.#pause = FIRST_PAUSE_MS
    for (const { frame } of this.#pending.values()) socket.write(frame)
  }

  #lost(): void {
    this.#socket = null
    this.#isOpen = false
    if (this.#isClosed || this.#pending.size === 0) return
    this.#retry = setTimeout(() => {
      this.#retry = undefined
      this.#connect()
    }, this.#pause)
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
  }

  #settle({ i, r, e }: Answer): void {
    const pending = this.#pending.get(i)
    if (!pending) return
    this.#pending.delete(i)
    clearTimeout(pending.timer)
    if (e === undefined) pending.resolve(r)
    else pending.reject(e === 'unavailable' ? new VaultUnavailable() : new VaultRefusal(isErrorCode(e) ? e : 'internal'))
  }
}

export type VaultClient = Vault & { close(): void }

/**
 * The vault as the web and the worker see it. Connects with the first request and again whenever the vault was restarted.
 * @param token of this process; it decides what the vault believes (only the worker speaks for jobs).
 * Every method throws VaultRefusal with a code, or VaultUnavailable after `waitMs` (5 s).
 */
export function openVault({ socket, token, waitMs = WAIT_MS }: { socket: string; token: string; waitMs?: number }): VaultClient {
  const line = new Line(socket, token, waitMs)
  const ask = <T>(method: Method, asker: Asker, tenantId: string, more: Record<string, unknown>): Promise<T> => line.ask(method, { asker, tenantId, ...more }) as Promise<T>
  const platform = async (method: Method, more: Record<string, unknown>): Promise<Buffer> => bytes((await line.ask(method, more)) as string)
  return {
    seal: async (asker, tenantId, items) =>
      (await ask<(Omit<Sealed, 'payload'> & { payload: string })[]>('seal', asker, tenantId, { items })).map((sealed) => ({ ...sealed, payload: bytes(sealed.payload) })),
    reveal: (asker, tenantId, request) => ask<RevealedPerson[]>('reveal', asker, tenantId, { request }),
    search: (asker, tenantId, request) => ask<SearchHit[]>('search', asker, tenantId, { request }),
    match: (asker, tenantId, request) => ask<string[][]>('match', asker, tenantId, { request }),
    holders: (asker, tenantId, request) => ask<string[]>('holders', asker, tenantId, { request }),
    turnKeys: (tenantId, addresses) => line.ask('turnKeys', { tenantId, ...addresses }) as Promise<string[]>,
    addressTokens: (asker, tenantId, request) => ask<AddressTokens>('addressTokens', asker, tenantId, { request }),
    addressTokensOf: (asker, tenantId, request) => ask<(AddressTokens & { personId: string })[]>('addressTokensOf', asker, tenantId, { request }),
    networkTokens: (asker, tenantId, request) => ask<string[]>('networkTokens', asker, tenantId, { request }),
    async sealRecord(asker, tenantId, recordId, original) {
      const { keyId, payload } = await ask<{ keyId: string; payload: string }>('sealRecord', asker, tenantId, { recordId, bytes: original.toString('base64') })
      return { keyId, payload: bytes(payload) }
    },
    openRecord: async (asker, tenantId, request) => bytes(await ask<string>('openRecord', asker, tenantId, { request })),
    async fileKey(asker, tenantId, fileId) {
      const { keyId, key } = await ask<{ keyId: string; key: string }>('fileKey', asker, tenantId, { fileId })
      return { keyId, key: bytes(key) }
    },
    openFileKey: async (asker, tenantId, request) => bytes(await ask<string>('openFileKey', asker, tenantId, { request })),
    destroy: (asker, tenantId, subjectIds, reason) => ask<{ keys: number }>('destroy', asker, tenantId, { subjectIds, reason }),
    loginToken: (email) => platform('loginToken', { email }),
    protect: (context, secret) => platform('protect', { context, bytes: secret.toString('base64') }),
    unprotect: (context, sealed) => platform('unprotect', { context, sealed: sealed.toString('base64') }),
    close: () => line.close(),
  }
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
