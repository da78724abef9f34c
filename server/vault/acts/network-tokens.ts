import { createHmac } from 'node:crypto'
import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { openJson } from '../crypto/envelope.ts'
import { deriveKey } from '../crypto/wrap.ts'
import { look } from '../db.ts'
import type { KeyStore } from '../keys/key-store.ts'
import type { Contact, NetworkTokensRequest } from '../protocol.ts'
import { VaultRefusal } from '../refusal.ts'
import { toLogEvent } from '../trace.ts'
import { liveGround } from './held.ts'

/**
 * Keyed hashes (32 bytes, base64) of a person's phones and e-mails under the key of a network: the only thing by which two companies can tell that the
 * same human asked at both. For jobs alone, and of another company's clients only where the network has it as a dealer who agreed to that.
 * A hash tells of somebody too: whoever is restricted, or held for no request any more, has none.
 */
export async function networkTokens(vault: VaultContext, { asker, tenantId, peer }: Question, { personId, networkTenantId, door }: NetworkTokensRequest): Promise<string[]> {
  const [actorRows, factRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    {
      name: 'network-contact',
      text: `select f.record_id, f.version, f.key_id, f.payload from facts f join persons p on p.tenant_id = $1 and p.id = f.person_id
        where f.tenant_id = $1 and f.person_id = $2 and f.class = 'contact' and p.restricted_at is null
          and exists (select ${liveGround('p.id', '$3')} and 'contact' = any(a.classes))`,
      values: [personId, 'request_handling'],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  if (actor.kind !== 'job') throw new VaultRefusal('forbidden')
  needsAny(actor, ['lead.intake'])
  if (networkTenantId !== tenantId && !(await isMember(vault, networkTenantId, tenantId))) throw new VaultRefusal('forbidden')
  const keys = await vault.dataKeys.load(
    tenantId,
    factRows.map((row) => row.key_id as string),
  )
  const contacts = factRows.flatMap((row) => {
    const place = { tenantId, personId, class: 'contact', recordId: row.record_id as string, version: row.version as number, keyId: row.key_id as string }
    const key = keys.get(place.keyId)
    return key ? [openJson(key, place, row.payload as Buffer) as Contact] : []
  })
  await vault.trace.write([
    toLogEvent({ event: 'person.matched', tenantId, actor, door, purpose: null, personIds: [personId], details: { network: networkTenantId } }, vault.now()),
  ])
  return hashForNetwork(vault.store, networkTenantId, contacts)
}

async function hashForNetwork(store: KeyStore, networkTenantId: string, contacts: readonly Contact[]): Promise<string[]> {
  const key = deriveKey(await store.indexRoot(networkTenantId), 'network')
  const hash = (kind: 'email' | 'phone', value: string): string => createHmac('sha256', key).update(`${kind}\0${value}`).digest('base64')
  return [...new Set(contacts.flatMap(({ phones, emails }) => [...phones.map(({ e164 }) => hash('phone', e164)), ...emails.map(({ address }) => hash('email', address))]))]
}

async function isMember(vault: VaultContext, networkTenantId: string, dealerTenantId: string): Promise<boolean> {
  const [rows] = await look(vault.main, networkTenantId, [
    {
      name: 'network-member',
      text: 'select 1 from network_dealers where tenant_id = $1 and dealer_tenant_id = $2 and is_active and shares_duplicates and accepted_at is not null',
      values: [dealerTenantId],
    },
  ])
  return (rows ?? []).length > 0
}
