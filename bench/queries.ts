/** What people type into the search box, and the tokens the floor looks up for it: the floor has the same index, but not its key. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { DatabaseConnection } from '../server/platform/config/runtime.ts'
import { KeyStore } from '../server/vault/keys/key-store.ts'
import { openRoot } from '../server/vault/keys/root.ts'
import { CONTACT_TOKENS, deriveIndexKey, queryTokens } from '../server/vault/tokens/index.ts'
import type { KnownPerson } from './people.ts'

export type Searches = { phone: string; prefix: string; typo: string }[]
/** Per query the groups of tokens in the order to try them, and whether they are of one value, which nobody has twice. */
export type TokensOfQueries = Record<string, { tokens: string[]; isOneValue: boolean }[]>

const SEARCHES = 400
const SHORTEST = 7

/** One slip of the finger: a letter left out, or two that changed places. */
const slipped = (surname: string, i: number): string =>
  i % 2 ? `${surname.slice(0, 3)}${surname.slice(4)}` : `${surname.slice(0, 2)}${surname.charAt(3)}${surname.charAt(2)}${surname.slice(4)}`

/** Spread over all people who are known in clear, so that early and late ones are asked for alike. */
export function searchesOf(known: readonly KnownPerson[]): Searches {
  const long = known.filter(({ surname }) => surname.length >= SHORTEST)
  const step = Math.max(1, Math.floor(long.length / SEARCHES))
  return long
    .filter((_, i) => i % step === 0)
    .slice(0, SEARCHES)
    .map(({ phone, surname }, i) => ({ phone, prefix: surname.slice(0, 5), typo: slipped(surname, i) }))
}

export async function tokensOf(keys: DatabaseConnection, rootKey: string, tenantId: string, searches: Searches): Promise<TokensOfQueries> {
  const pool = new pg.Pool({ ...keys, max: 1 })
  try {
    const store = new KeyStore(pool, openRoot(rootKey))
    await store.open()
    const key = deriveIndexKey(await store.indexRoot(tenantId))
    const queries = new Set(searches.flatMap(({ phone, prefix, typo }) => [phone, prefix, typo]))
    return Object.fromEntries(
      [...queries].map((query) => [query, queryTokens(key, query).map(({ tokenGroups, isOneValue }) => ({ tokens: tokenGroups.flat().map(String), isOneValue }))]),
    )
  } finally {
    await pool.end()
  }
}

/** As many tokens as a new person has, of no meaning: the floor pays for the index as the product does. */
export const newTokens = (): string[] => Array.from({ length: CONTACT_TOKENS }, () => String(randomBytes(8).readBigInt64BE(0)))
