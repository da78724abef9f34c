import type { KeyObject } from 'node:crypto'
import type { Right } from '../../../contract/permissions.ts'
import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { sealJson } from '../crypto/envelope.ts'
import { look, type Row } from '../db.ts'
import type { DataKeys } from '../keys/data-keys.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { FactClass, Sealed, SealItem } from '../protocol.ts'
import { contactTokens, deriveIndexKey, vehicleTokens, type IndexKey } from '../tokens/index.ts'

const writing: readonly Right[] = [
  'person.create',
  'person.edit',
  'lead.intake',
  'lead.create',
  'lead.import',
  'interaction.create',
  'message.fix',
  'staff.edit',
  'request.handle',
  'site.visit',
  'own.data',
]

/** Seals facts and makes their search tokens. People already held keep their key of the class; others get one from the stock. */
export async function seal(vault: VaultContext, question: Question, items: readonly SealItem[]): Promise<Sealed[]> {
  const { asker, tenantId, peer } = question
  const [actorRows, keyRows] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    { name: 'keys-of-people', text: keysText, values: [`{${[...new Set(items.map((item) => item.personId))].join(',')}}`] },
  ])
  needsAny(actorOf(asker, actorRows ?? []), writing)
  return sealItems(vault, tenantId, items, keyRows ?? [])
}

const keysText =
  'select distinct on (person_id, class) person_id, class, key_id from facts where tenant_id = $1 and person_id = any($2::uuid[]) order by person_id, class, key_id desc'

/** The sealing itself, without a question: also for the seed, which runs before anyone can ask. */
export async function sealItems(
  { store, dataKeys }: { store: KeyStore; dataKeys: DataKeys },
  tenantId: string,
  items: readonly SealItem[],
  known: readonly Row[],
): Promise<Sealed[]> {
  const held = new Map(known.map((row) => [`${row.person_id as string}/${row.class as string}`, row.key_id as string]))
  const opened = await dataKeys.load(tenantId, held.values())
  const keys = new Map<string, { keyId: string; key: KeyObject }>()
  for (const item of items) {
    const keyId = held.get(nameOf(item)) ?? ''
    const key = opened.get(keyId)
    if (key) keys.set(nameOf(item), { keyId, key })
  }
  const lacking = [...new Set(items.map(nameOf))].filter((name) => !keys.has(name))
  const fresh = await dataKeys.take(tenantId, lacking.length)
  for (const [i, name] of lacking.entries()) {
    const key = fresh[i]
    if (key) keys.set(name, key)
  }
  const index = await indexOf(store, tenantId)
  return items.map((item) => sealItem(tenantId, item, keys.get(nameOf(item)), index))
}

const nameOf = (item: SealItem): string => `${item.personId}/${item.class}`

function sealItem(tenantId: string, item: SealItem, found: { keyId: string; key: KeyObject } | undefined, index: IndexKey): Sealed {
  if (!found) throw new Error('an item has no key')
  const { personId, recordId, version } = item
  const payload = sealJson(found.key, { tenantId, personId, class: item.class, recordId, version, keyId: found.keyId }, item.facts)
  return { personId, class: item.class, recordId, version, keyId: found.keyId, payload, tokenKind: tokenKindOf(item.class), tokens: tokensOf(index, item).map(String) }
}

/** Kept beside a token, so that those of a contact and of a car can be told apart. */
export const tokenKindOf = (factClass: FactClass): Sealed['tokenKind'] => (factClass === 'vehicle' ? 2 : 1)

/** What a fact is found by: also for making the tokens anew. */
export function tokensOf(index: IndexKey, item: SealItem): bigint[] {
  switch (item.class) {
    case 'contact':
      return contactTokens(index, item.personId, item.facts)
    case 'vehicle':
      return vehicleTokens(index, item.personId, item.recordId, item.facts)
    case 'document':
    case 'communication':
      return []
  }
}

const indexes = new WeakMap<Buffer, IndexKey>()

/** The tenant's keys of search tokens, derived once. */
export async function indexOf(store: KeyStore, tenantId: string): Promise<IndexKey> {
  const root = await store.indexRoot(tenantId)
  const known = indexes.get(root)
  if (known) return known
  const index = deriveIndexKey(root)
  indexes.set(root, index)
  return index
}
