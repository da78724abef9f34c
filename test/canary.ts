/**
 * Invented people all of whose data carries a mark, and a search for that mark in every writing that bytes may take. Whoever finds a mark outside
 * of the vault's payloads has found a leak.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { byteFinder } from './find-bytes.ts'

/** Letters that stand in no word of ours. Names are folded, cut and turned around on their way, so the mark is plain letters of one case. */
const NAME_MARK = 'жщцфыв'
const LATIN_MARK = 'zqxjkvw'
const VIN_MARK = 'XZKWRYVB'
const PLATE_MARK = 'Х976УХ'
/** Nobody alive was born then. */
const BIRTH_MARK = '1908-02-29'
/** Of the addresses that documentation uses (RFC 3849). */
const IP_MARK = '2001:db8:c0de:fade'
const PHONE_MARK = '9765550'
/** Seven digits stand by chance in a long number; a telephone stands by itself. */
const barePhone = new RegExp(`(?<![0-9a-fA-F])[78]?${PHONE_MARK}\\d{3}(?![0-9a-fA-F])`)

export type Canary = {
  n: number
  surname: string
  given: string
  patronymic: string
  phone: string
  phoneTyped: string
  email: string
  address: string
  vin: string
  plate: string
  birthDate: string
  text: string
  /** What their browser says it is, and the address it comes from. */
  agent: string
  ip: string
  latin: string
}

/** The n-th of a thousand: telephones +7 976 555-0x-xx are given to nobody. */
export function canary(n: number): Canary {
  const letters = [...String(n)].map((digit) => 'абвгдежзик'[Number(digit)] ?? '').join('')
  const phone = `+7${PHONE_MARK}${String(n).padStart(3, '0')}`
  return {
    n,
    surname: `Тр${NAME_MARK}${letters}ов`,
    given: `Ан${NAME_MARK}${letters}`,
    patronymic: `Пет${NAME_MARK}ович`,
    phone,
    phoneTyped: `8 (${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8, 10)}-${phone.slice(10)}`,
    email: `${LATIN_MARK}.${n}@mail.example`,
    address: `Москва, ул. ${NAME_MARK}, д. ${n}`,
    vin: `${VIN_MARK}${String(n).padStart(9, '0')}`,
    plate: `${PLATE_MARK}7${String(n % 100).padStart(2, '0')}`,
    birthDate: BIRTH_MARK,
    text: `Прошу ${NAME_MARK} перезвонить, ${LATIN_MARK}`,
    agent: `Mozilla/5.0 (Linux) ${LATIN_MARK}/${n}`,
    ip: `${IP_MARK}::${n.toString(16)}`,
    latin: LATIN_MARK,
  }
}

type Needle = { name: string; bytes: Buffer }

/** Every mark as typed, lower and upper case, in every writing. */
export function needles(): Needle[] {
  const plates = [PLATE_MARK, PLATE_MARK.toLowerCase(), 'X976YX', 'x976yx']
  const words = [NAME_MARK, NAME_MARK.toUpperCase(), LATIN_MARK, LATIN_MARK.toUpperCase(), VIN_MARK, VIN_MARK.toLowerCase(), '976) 555-0', '976 555-0']
  const days = [BIRTH_MARK, BIRTH_MARK.split('-').toReversed().join('.')]
  const phones = writings(PHONE_MARK).filter(({ bytes }) => bytes.toString() !== PHONE_MARK)
  const address = { name: 'an address as bytes', bytes: Buffer.from('20010db8c0defade', 'hex') }
  return once([...[...words, ...plates, ...days, IP_MARK, IP_MARK.toUpperCase()].flatMap(writings), ...phones, address])
}

/** Words of somebody's own, each as typed, lower and upper case, in every writing. */
export const needlesOf = (words: readonly string[]): Needle[] => once(words.flatMap((word) => [word, word.toLowerCase(), word.toUpperCase()]).flatMap(writings))

const once = (all: readonly Needle[]): Needle[] => [...new Map(all.map((needle) => [needle.bytes.toString('latin1'), needle])).values()]

/** Plain, in UTF-16, hex, base64 at any place, URL and JSON writing. */
function writings(word: string): Needle[] {
  const plain = Buffer.from(word)
  const utf16 = Buffer.from(word, 'utf16le')
  const texts: [string, string][] = [
    ['hex', plain.toString('hex')],
    ['hex', plain.toString('hex').toUpperCase()],
    ['hex of UTF-16', utf16.toString('hex')],
    ['url', encodeURIComponent(word)],
    ['url', encodeURIComponent(word).toLowerCase()],
    ['json', [...word].map((letter) => (letter < '\x80' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)).join('')],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const inner = base64Inside(plain, offset)
      return [
        ['base64', inner],
        ['base64url', inner.replaceAll('+', '-').replaceAll('/', '_')],
        ['base64 of UTF-16', base64Inside(utf16, offset)],
      ]
    }),
  ]
  return [
    { name: `${word} plain`, bytes: plain },
    { name: `${word} UTF-16`, bytes: utf16 },
    ...texts.map(([name, text]) => ({ name: `${word} ${name}`, bytes: Buffer.from(text) })),
  ]
}

/** Those characters of the base64 of `…word…` that do not depend on what stands around it, when the word begins at such a place of a triple. */
function base64Inside(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor(((offset + bytes.length) * 8) / 6)
  return text.slice(first, last)
}

const finders = new WeakMap<readonly Needle[], ReturnType<typeof byteFinder>>()
function finderOf(all: readonly Needle[]): ReturnType<typeof byteFinder> {
  const known = finders.get(all) ?? byteFinder(all.map(({ bytes }) => bytes))
  finders.set(all, known)
  return known
}

/** What of the needles stands in these bytes. */
export function found(bytes: Buffer, all: readonly Needle[]): string[] {
  const names = finderOf(all)(bytes).map((at) => all[at]?.name ?? '')
  return bytes.includes(PHONE_MARK) && barePhone.test(bytes.toString('latin1')) ? [...names, 'a telephone'] : names
}

/** Every table of every schema but PostgreSQL's own, as COPY would write it, row by row through `inspect`. Answers how many rows of ours were read. */
export async function dumpTables(superuser: DatabaseConnection, inspect: (where: string, bytes: Buffer) => void): Promise<number> {
  const client = new pg.Client(superuser)
  await client.connect()
  try {
    const { rows: tables } = await client.query<{
      name: string
    }>(`select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'm', 'p') and n.nspname not in ('information_schema') and n.nspname !~ '^pg_toast' order by 1`)
    let count = 0
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(`select t::text as line from ${name} t`)
      if (!name.startsWith('pg_catalog.')) count += rows.length
      inspect(name, Buffer.from(rows.map(({ line }) => line).join('\n')))
    }
    return count
  } finally {
    await client.end()
  }
}

const PART_BYTES = 64 * 1024 * 1024

/** Every file under a folder, names too. */
export function readFolder(folder: string, inspect: (where: string, bytes: Buffer) => void): number {
  let count = 0
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(folder, name)
    inspect(`the name of ${name}`, Buffer.from(name))
    const bytes = readWhole(file)
    if (!bytes) continue
    inspect(name, bytes)
    count++
  }
  return count
}

/** Null for what is no file, or went while the folder of a running system was read. */
function readWhole(file: string): Buffer | null {
  try {
    const stats = statSync(file)
    if (!stats.isFile()) return null
    if (stats.size > PART_BYTES) throw new RangeError(`${file} is larger than this test reads at once`)
    return readFileSync(file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
