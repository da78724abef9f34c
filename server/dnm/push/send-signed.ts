import { createHmac } from 'node:crypto'
import { lookup as resolve } from 'node:dns'
import { request as overHttp, type RequestOptions } from 'node:http'
import { request as overHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import type { pushProblems } from '../../../contract/dnm/dealer.ts'

export type PushProblem = (typeof pushProblems)[number]
export type Sent = { status: number | null; problem: PushProblem | null }
export type Sending = {
  url: string
  secret: Buffer
  /** Of this handing over: whoever gets it twice knows it again. */
  deliveryId: string
  body: string
  now: Date
  /** Only where nothing is real: a demonstration, a test. Else only https to addresses that everyone can reach. */
  allowsPrivate: boolean
  timeoutMs?: number
}

const TIMEOUT_MS = 10_000

/** Addresses that lead into a house and not out of it: RFC 6890, RFC 4193, RFC 6598; with IPv4 inside of IPv6. */
const inside = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6')

/** Does this address lead nowhere but into a network of somebody's own? */
export function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return isInside(mapped)
  const family = isIP(address)
  return family === 0 || inside.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

class RefusedAddress extends Error {}

/** The name is resolved once, and the connection goes to the very address that was looked at: a second answer cannot lead elsewhere. */
const outsideOnly: LookupFunction = (hostname, options, done) =>
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 0)
    const [first] = addresses
    if (!first || addresses.some(({ address }) => isInside(address))) return done(new RefusedAddress(), '', 0)
    return options.all ? (done as (error: null, found: typeof addresses) => void)(null, addresses) : done(null, first.address, first.family)
  })

/** `t=<seconds>,v1=<hex HMAC-SHA-256 of "<seconds>.<body>">`: the receiver refuses what is old or was changed on the way. */
export function signatureOf(secret: Buffer, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

/** One POST, answered or not. Redirects are not followed: they could lead anywhere. Never throws; what the other side answers beside its status is not read. */
export function sendSigned({ url: text, secret, deliveryId, body, now, allowsPrivate, timeoutMs = TIMEOUT_MS }: Sending): Promise<Sent> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username || url.password) return Promise.resolve({ status: null, problem: 'address' })
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  if (!allowsPrivate && (url.protocol !== 'https:' || (isIP(literal) > 0 && isInside(literal)))) return Promise.resolve({ status: null, problem: 'refused_address' })
  const options: RequestOptions = {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'infotech-signature': signatureOf(secret, body, now),
      'infotech-delivery': deliveryId,
    },
    agent: false,
    signal: AbortSignal.timeout(timeoutMs),
    ...(allowsPrivate ? {} : { lookup: outsideOnly }),
  }
  return new Promise((settle) => {
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, options, (response) => {
      response.resume()
      const status = response.statusCode ?? 0
      response.destroy()
      settle({ status, problem: status >= 200 && status < 300 ? null : status >= 300 && status < 400 ? 'redirect' : 'status' })
    })
    request.on('error', (error) =>
      settle({
        status: null,
        problem: error instanceof RefusedAddress ? 'refused_address' : error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'connection',
      }),
    )
    request.end(body)
  })
}
