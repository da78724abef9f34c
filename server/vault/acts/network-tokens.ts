import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look } from '../db.ts'
import type { NetworkTokensRequest } from '../protocol.ts'
import { VaultRefusal } from '../refusal.ts'
import { toLogEvent } from '../trace.ts'
import { addressesOf, addressHasher } from './hash-addresses.ts'
import { liveGround } from './held.ts'
import { factColumns, openContacts } from './open-facts.ts'

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
      text: `select ${factColumns} from facts f join persons p on p.tenant_id = $1 and p.id = f.person_id
        where f.tenant_id = $1 and f.person_id = $2 and f.class = 'contact' and p.restricted_at is null
          and exists (select ${liveGround('p.id', '$3')} and 'contact' = any(a.classes))`,
      values: [personId, 'request_handling'],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  if (actor.kind !== 'job') throw new VaultRefusal('forbidden')
  needsAny(actor, ['lead.intake'])
  if (networkTenantId !== tenantId && !(await isMember(vault, networkTenantId, tenantId))) throw new VaultRefusal('forbidden')
  const contacts = await openContacts(vault, tenantId, factRows)
  await vault.trace.write([
    toLogEvent({ event: 'person.matched', tenantId, actor, door, purpose: null, personIds: [personId], details: { network: networkTenantId } }, vault.now()),
  ])
  const hash = await addressHasher(vault.store, networkTenantId, 'network')
  return [
    ...new Set(
      [...contacts.values()]
        .map(addressesOf)
        .map(hash)
        .flatMap(({ phones, emails }) => [...phones, ...emails]),
    ),
  ]
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
