import { domainToASCII } from 'node:url'
import { cleanText } from './text.ts'

const MAX_TYPED = 400
/** RFC 5321 §4.5.3.1: the local part is at most 64 octets and the whole path leaves 254 for the address. */
const MAX_LOCAL = 64
const MAX_ADDRESS = 254

/**
 * The canonical address: NFKC, trimmed, lower case, domain in ASCII (IDNA, RFC 5891). Dots and `+tags` of the local part are kept:
 * they are the owner's. `mailto:` and angle brackets are taken off. Null for what is no address (quoted local parts and bare hosts too).
 */
export function normaliseEmail(typed: string): string | null {
  const clean = cleanText(typed, MAX_TYPED, 'NFKC')
  if (!clean) return null
  const bare = (/<([^<>]+)>$/.exec(clean)?.[1] ?? clean)
    .replace(/^mailto:/i, '')
    .trim()
    .toLowerCase()
    .normalize('NFKC')
  const at = bare.lastIndexOf('@')
  const local = bare.slice(0, Math.max(at, 0))
  const domain = asciiDomain(bare.slice(at + 1))
  if (domain === null || !/^[\p{L}\p{N}\p{M}!#$%&'*+/=?^_`{|}~.-]+$/u.test(local) || /^\.|\.\.|\.$/.test(local)) return null
  if (Buffer.byteLength(local) > MAX_LOCAL || Buffer.byteLength(local) + 1 + domain.length > MAX_ADDRESS) return null
  return `${local}@${domain}`
}

function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain)) return null
  const ascii = /^[a-z0-9.-]+$/.test(domain) && !domain.includes('xn--') ? domain : domainToASCII(domain)
  const isName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z][a-z0-9-]{0,61}[a-z0-9])$/.test(ascii)
  return isName ? ascii : null
}
