import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const STEP_SECONDS = 30
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648 §6), as authenticator apps read it. */
export function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

export const newTotpSecret = (): Buffer => randomBytes(20)

/** Six digits of a step (RFC 4226 §5.3, HMAC-SHA-1 as RFC 6238 authenticators expect). */
export function totpAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = mac.readUInt8(19) & 0x0f
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

export const stepOf = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS)

/** The step a code belongs to, within one step of now and later than `lastStep` (a code is good once, RFC 6238 §5.2); undefined when wrong. */
export function matchingStep(secret: Buffer, code: string, now: Date, lastStep: number | null): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const here = stepOf(now)
  return [here, here - 1, here + 1].find((step) => step > (lastStep ?? -1) && timingSafeEqual(Buffer.from(totpAt(secret, step)), Buffer.from(code)))
}
