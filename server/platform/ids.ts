import { randomBytes } from 'node:crypto'

let pool = Buffer.alloc(0)
let at = 0
function bytes(count: number): Buffer {
  if (at + count > pool.length) {
    pool = randomBytes(4_096)
    at = 0
  }
  at += count
  return pool.subarray(at - count, at)
}

let lastNow = 0
let counter = 0
const MAX_COUNTER = 0xfff

/** Begins anywhere in the lower half and counts up within a millisecond (RFC 9562 §6.2, method 1); after two thousand it stands still. */
function count(now: number, random: number): number {
  counter = now === lastNow ? Math.min(counter + 1, MAX_COUNTER) : random & 0x7ff
  lastNow = now
  return counter
}

/** UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, a counter, the rest random; rows made later by one process sort later. */
export function newId(now: number = Date.now()): string {
  const random = bytes(10)
  const time = now.toString(16).padStart(12, '0')
  const hex = random.toString('hex')
  const variant = ((random.readUInt8(2) & 0x3f) | 0x80).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count(now, random.readUInt16BE(0)).toString(16).padStart(3, '0')}-${variant}${hex.slice(6, 8)}-${hex.slice(8, 20)}`
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isUuid = (text: string): boolean => shape.test(text)
