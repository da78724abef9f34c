import { allows } from '../../../contract/permissions.ts'
import { actorOf, askerLook, needsAny, seesPerson } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look } from '../db.ts'
import { normaliseEmail, normalisePhone } from '../normalise/index.ts'
import type { AddressTokens, AddressTokensOfRequest, AddressTokensRequest } from '../protocol.ts'
import { VaultRefusal } from '../refusal.ts'
import { toLogEvent } from '../trace.ts'
import { handsFrom, personHands } from '../visible.ts'
import { addressesOf, addressHasher } from './hash-addresses.ts'
import { factColumns, openContacts } from './open-facts.ts'

/**
 * Keyed hashes (HMAC-SHA-256 under the tenant, 32 bytes) of a person's addresses, or of addresses given: what objections are kept by.
 * Nothing readable leaves; they are not search tokens, so that one does not tell of the other.
 */
export async function addressTokens(vault: VaultContext, { asker, tenantId, peer }: Question, request: AddressTokensRequest): Promise<AddressTokens> {
  const [actorRows, personRows = [], factRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    { name: 'address-person', text: `select ${personHands} from persons p where p.tenant_id = $1 and p.id = $2`, values: [request.personId ?? null] },
    {
      name: 'address-contact',
      text: `select ${factColumns} from facts f where f.tenant_id = $1 and f.person_id = $2 and f.class = 'contact'`,
      values: [request.personId ?? null],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['consent.read', 'consent.record', 'site.visit', 'own.data'])
  const given = {
    emails: (request.emails ?? []).flatMap((typed) => normaliseEmail(typed) ?? []),
    phones: (request.phones ?? []).flatMap((typed) => normalisePhone(typed)?.e164 ?? []),
  }
  const [person] = personRows
  if (request.personId !== undefined && (!person || !seesPerson(actor, { personId: request.personId, ...handsFrom(person) }))) throw new VaultRefusal('not_found')
  for (const contact of (await openContacts(vault, tenantId, factRows)).values()) {
    const { emails, phones } = addressesOf(contact)
    given.emails.push(...emails)
    given.phones.push(...phones)
  }
  await vault.trace.write([
    toLogEvent({ event: 'objection.checked', tenantId, actor, door: request.door, purpose: null, personIds: request.personId ? [request.personId] : [], details: {} }, vault.now()),
  ])
  return (await addressHasher(vault.store, tenantId, 'objection'))(given)
}

/**
 * Of many people at once. Whoever writes to all clients at once works for the whole company (`mailing.read`): hashes tell them nobody's address.
 */
export async function addressTokensOf(vault: VaultContext, { asker, tenantId, peer }: Question, { personIds, door }: AddressTokensOfRequest) {
  const [actorRows, rows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    {
      name: 'address-people',
      text: `select p.id, ${personHands}, ${factColumns}
        from persons p left join facts f on f.tenant_id = $1 and f.person_id = p.id and f.class = 'contact' where p.tenant_id = $1 and p.id = any($2::uuid[])`,
      values: [`{${personIds.join(',')}}`],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['consent.read', 'consent.record', 'site.visit', 'own.data'])
  const seen = rows.filter((row) => allows(actor.role, 'mailing.read') || seesPerson(actor, { personId: row.id as string, ...handsFrom(row) }))
  const contacts = await openContacts(
    vault,
    tenantId,
    seen.filter((row) => row.key_id !== null),
  )
  const seenIds = seen.map((row) => row.id as string)
  await vault.trace.write([toLogEvent({ event: 'objection.checked', tenantId, actor, door, purpose: null, personIds: seenIds, details: {} }, vault.now())])
  const hash = await addressHasher(vault.store, tenantId, 'objection')
  return seenIds.map((personId) => ({ personId, ...hash(addressesOf(contacts.get(personId) ?? { emails: [], phones: [] })) }))
}
