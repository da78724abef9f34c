import { createHash, timingSafeEqual } from 'node:crypto'
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { answer } from './answer.ts'
import type { Peer } from './asking.ts'
import type { VaultContext } from './context.ts'
import { frameReader, toFrame } from './frames.ts'
import { codeOf, VaultRefusal } from './refusal.ts'
import { envelope, hello, isMethod } from './wire.ts'

const HELLO_WAIT_MS = 5_000
const MAX_RUNNING = 32
const MAX_WAITING = 2_000

export type ServerOptions = { socket: string; tokens: Record<Peer, string>; onError?: (error: unknown, method: string) => void }

/** Listens on a unix socket that only this user can reach. Each connection says first which process it is. */
export async function listen(vault: VaultContext, { socket: path, tokens, onError = () => {} }: ServerOptions): Promise<{ close: () => Promise<void> }> {
  const turns = new Turns()
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(vault, socket, tokens, turns, onError)
  })
  const isFile = !path.startsWith('\\\\.\\pipe\\')
  if (isFile) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    rmSync(path, { force: true })
  }
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve))
  if (isFile) chmodSync(path, 0o600)
  return { close: () => close(server, sockets) }
}

function close(server: Server, sockets: Set<Socket>): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })
}

function serve(vault: VaultContext, socket: Socket, tokens: Record<Peer, string>, turns: Turns, onError: NonNullable<ServerOptions['onError']>): void {
  let peer: Peer | null = null
  const patience = setTimeout(() => socket.destroy(), HELLO_WAIT_MS)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => clearTimeout(patience))
  const read = frameReader((frame) => {
    if (peer) return void respond(vault, socket, peer, frame, turns, onError)
    peer = peerOf(frame, tokens)
    if (!peer) return void socket.destroy()
    clearTimeout(patience)
    socket.write(toFrame({ ok: true }))
  })
  socket.on('data', (chunk) => {
    try {
      read(chunk)
    } catch {
      // Neither too long nor unreadable frames come from our own client.
      socket.destroy()
    }
  })
}

async function respond(vault: VaultContext, socket: Socket, peer: Peer, frame: unknown, turns: Turns, onError: NonNullable<ServerOptions['onError']>): Promise<void> {
  const parsed = envelope.safeParse(frame)
  if (!parsed.success) return void socket.destroy()
  const { i, m, a } = parsed.data
  try {
    if (!isMethod(m)) throw new VaultRefusal('malformed')
    const reply = toFrame({ i, r: await turns.take(() => answer(vault, peer, m, a)) })
    if (!socket.destroyed) socket.write(reply)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'internal' || code === 'unavailable') onError(error, m)
    if (!socket.destroyed) socket.write(toFrame({ i, e: code }))
  }
}

/** Compares hashes, so that time tells nothing of a token. */
function peerOf(frame: unknown, tokens: Record<Peer, string>): Peer | null {
  const parsed = hello.safeParse(frame)
  if (!parsed.success) return null
  const given = sha256(parsed.data.token)
  const isWorker = timingSafeEqual(given, sha256(tokens.worker))
  const isWeb = timingSafeEqual(given, sha256(tokens.web))
  return isWorker ? 'worker' : isWeb ? 'web' : null
}

const sha256 = (token: string): Buffer => createHash('sha256').update(token).digest()

/** So many at once, so many more in line; who comes after that is told to come back. */
class Turns {
  #running = 0
  readonly #line: (() => void)[] = []

  async take<T>(run: () => Promise<T>): Promise<T> {
    if (this.#running >= MAX_RUNNING) {
      if (this.#line.length >= MAX_WAITING) throw new VaultRefusal('too_many')
      await new Promise<void>((go) => this.#line.push(go))
    } else this.#running++
    try {
      return await run()
    } finally {
      const next = this.#line.shift()
      if (next) next()
      else this.#running--
    }
  }
}
