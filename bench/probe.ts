/**
 * Loaded into web and vault before their own code when layers are to be told apart: notes from when to when each statement, each question to
 * the vault and each piece of cryptography was on its way. It stands outside of the product, which knows nothing of it.
 */
import crypto from 'node:crypto'
import http from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import pg from 'pg'

export type Span = [layer: string, from: number, to: number]
let spans: Span[] = []
/** Microseconds of one clock for all processes of this machine. */
const now = (): number => Number(process.hrtime.bigint() / 1000n)

const layerOf = (query: { name?: string; text?: string } | string): string => {
  const { name = '', text = '' } = typeof query === 'string' ? { text: query } : query
  if (text.startsWith('begin')) return 'begin'
  if (/^(commit|rollback)/.test(text)) return 'commit'
  if (/^(who_|idempotency_find|asker-)/.test(name)) return 'who asks'
  if (name === 'data-keys' || /data_keys/.test(text)) return 'key store'
  if (name === 'trace' || /insert into log_events/.test(text)) return 'trace'
  if (/^(idempotency_|live$|job_add)/.test(name)) return 'closing statements'
  return 'sql'
}

// By name: what is replaced is the prototype's own, called on whichever object it is asked of.
const query = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...args: unknown[]) => unknown
pg.Client.prototype.query = function (this: pg.Client, ...args: unknown[]): never {
  const from = now()
  const layer = layerOf(args[0] as string)
  const done = (): void => void spans.push([layer, from, now()])
  const given = args.at(-1)
  // A pool asks with a callback, everybody else gets a promise.
  const told = typeof given === 'function' ? [...args.slice(0, -1), (...answer: unknown[]): unknown => (done(), (given as (...all: unknown[]) => unknown)(...answer))] : args
  const sent = query.apply(this, told)
  if (sent instanceof Promise) sent.then(done, done)
  return sent as never
} as never

/** One question at a time, because one connection asks: from the first of `opening` to the next of `closing`. */
function between(layer: string): { opening: () => void; closing: () => void } {
  let from: number | undefined
  return {
    opening: () => void (from ??= now()),
    closing: () => {
      if (from !== undefined) spans.push([layer, from, now()])
      from = undefined
    },
  }
}

function onWrite(socket: net.Socket, told: () => void): void {
  const write = socket.write.bind(socket) as (...all: unknown[]) => boolean
  socket.write = ((...given: unknown[]): boolean => {
    told()
    return write(...given)
  }) as never
}

/** Questions to the vault: from the frame that goes out to the one that comes in. */
const connect = net.connect as (...all: unknown[]) => net.Socket
net.connect = function (...args: unknown[]): net.Socket {
  const socket = connect(...args)
  if (typeof args[0] !== 'string' || !args[0].endsWith('vault.sock')) return socket
  const { opening, closing } = between('vault')
  onWrite(socket, opening)
  return socket.on('data', closing)
} as never

/** What the vault answers: from the frame that came in to the one that goes out. */
const createServer = net.createServer as (...all: unknown[]) => net.Server
net.createServer = function (...args: unknown[]): net.Server {
  return createServer(...args).on('connection', (socket) => {
    const { opening, closing } = between('vault request')
    // Before the vault's own listener, which may answer at once.
    socket.prependListener('data', opening)
    onWrite(socket, closing)
  })
} as never

const emit = Reflect.get(http.Server.prototype, 'emit') as (this: http.Server, ...all: unknown[]) => boolean
http.Server.prototype.emit = function (this: http.Server, name: string, ...args: unknown[]): boolean {
  if (name === 'request') {
    const from = now()
    ;(args[1] as http.ServerResponse).once('finish', () => spans.push(['request', from, now()]))
  }
  return emit.call(this, name, ...args)
} as never

for (const name of ['createCipheriv', 'createDecipheriv', 'createHmac'] as const) {
  const own = crypto as unknown as Record<string, (...all: unknown[]) => object>
  const make = own[name]
  if (!make) continue
  own[name] = function (...args: unknown[]): object {
    const from = now()
    const made = make(...args)
    spans.push(['crypto', from, now()])
    for (const method of ['update', 'final', 'digest', 'setAAD'] as const) {
      const plain = (made as Record<string, unknown>)[method]
      if (typeof plain !== 'function') continue
      ;(made as Record<string, unknown>)[method] = function (...given: unknown[]): unknown {
        const began = now()
        const result: unknown = plain.apply(made, given)
        spans.push(['crypto', began, now()])
        return result
      }
    }
    return made
  }
}
syncBuiltinESMExports()

process.on('message', (message: { probe?: 'begin' | 'end' }) => {
  if (message.probe === 'begin') spans = []
  if (message.probe === 'end') process.send?.({ spans })
})
process.channel?.unref()
