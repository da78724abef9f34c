import { cleanText } from './text.ts'

const MAX_NAME = 200
/** Parts of names that stay small inside one: азербайджанские отчества, nobiliary particles. */
const smallParts = new Set(['оглы', 'кызы', 'улы', 'гызы', 'де', 'да', 'фон', 'ван', 'дер', 'ибн', 'бин', 'von', 'van', 'der', 'de', 'da', 'bin', 'ibn'])

/**
 * A name as it will be kept and shown: NFC, single spaces and hyphens, straight apostrophe. What was typed all in small or all in capital letters
 * gets capitals at the start of each part; anything mixed is its owner's own spelling. Null: no letter at all, or more than 200 characters.
 */
export function normaliseName(typed: string): string | null {
  const clean = cleanText(typed, MAX_NAME, 'NFC')
  if (!clean || !/\p{L}/u.test(clean)) return null
  const plain = clean
    .replace(/[‘’ʼʹ´`]/g, "'")
    .replace(/ ?[-‐‑‒–—−](?:[ \-‐‑‒–—−])*/g, '-')
    .replace(/^[-,;. ]+|[-,; ]+$/g, '')
  // «иВАНОВ» is what Caps Lock makes of «Иванов».
  const isShouted = plain === plain.toUpperCase() || plain === plain.toLowerCase() || /^\p{Ll}[\p{Lu} -]+$/u.test(plain)
  const named = (isShouted ? capitalise(plain) : plain).normalize('NFC')
  return named.length > MAX_NAME ? null : named
}

function capitalise(plain: string): string {
  const small = plain.toLowerCase()
  return small.replace(/[\p{L}\p{M}\p{N}]+/gu, (part, at: number) => (at > 0 && smallParts.has(part) ? part : capitalFirst(part)))
}

function capitalFirst(part: string): string {
  const first = String.fromCodePoint(part.codePointAt(0) ?? 0)
  const capital = first.toUpperCase()
  // ß and ligatures grow into two letters: they are left alone.
  return capital.length === first.length ? capital + part.slice(first.length) : part
}
