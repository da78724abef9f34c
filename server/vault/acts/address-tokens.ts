import { createHmac } from 'node:crypto'
import { allows } from '../../../contract/permissions.ts'
import { actorOf, askerLook, needsAny, seesPerson } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { openJson } from '../crypto/envelope.ts'
import { deriveKey } from '../crypto/wrap.ts'
import { look } from '../db.ts'
import type { KeyStore } from '../keys/key-store.ts'
import { normaliseEmail, normalisePhone } from '../normalise/index.ts'
import type { AddressTokens, AddressTokensOfRequest, AddressTokensRequest, Contact } from '../protocol.ts'
import { VaultRefusal } from '../refusal.ts'
import { toLogEvent } from '../trace.ts'
import { handsFrom, personHands } from '../visible.ts'

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
      text: `select person_id, class, record_id, version, key_id, payload from facts where tenant_id = $1 and person_id = $2 and class = 'contact'`,
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
  const keys = await vault.dataKeys.load(
    tenantId,
    factRows.map((row) => row.key_id as string),
  )
  for (const row of factRows) {
    const place = { tenantId, personId: row.person_id as string, class: 'contact', recordId: row.record_id as string, version: row.version as number, keyId: row.key_id as string }
    const opener = keys.get(place.keyId)
    if (!opener) continue
    const contact = openJson(opener, place, row.payload as Buffer) as Contact
    given.emails.push(...contact.emails.map(({ address }) => address))
    given.phones.push(...contact.phones.map(({ e164 }) => e164))
  }
  await vault.trace.write([
    toLogEvent({ event: 'objection.checked', tenantId, actor, door: request.door, purpose: null, personIds: request.personId ? [request.personId] : [], details: {} }, vault.now()),
  ])
  return hashAddresses(vault.store, tenantId, given)
}

/** Of many people at once. Whoever writes to all clients at once works for the whole company (`mailing.read`): hashes tell them nobody's address. */
export async function addressTokensOf(vault: VaultContext, { asker, tenantId, peer }: Question, { personIds, door }: AddressTokensOfRequest) {
  const [actorRows, rows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    {
      name: 'address-people',
      text: `select p.id as person_id, ${personHands}, f.record_id, f.version, f.key_id, f.payload
        from persons p left join facts f on f.tenant_id = $1 and f.person_id = p.id and f.class = 'contact' where p.tenant_id = $1 and p.id = any($2::uuid[])`,
      values: [`{${personIds.join(',')}}`],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['consent.read', 'consent.record', 'site.visit', 'own.data'])
  const seen = rows.filter((row) => allows(actor.role, 'mailing.read') || seesPerson(actor, { personId: row.person_id as string, ...handsFrom(row) }))
  const keys = await vault.dataKeys.load(
    tenantId,
    seen.flatMap((row) => (row.key_id as string | null) ?? []),
  )
  await vault.trace.write([
    toLogEvent({ event: 'objection.checked', tenantId, actor, door, purpose: null, personIds: seen.map((row) => row.person_id as string), details: {} }, vault.now()),
  ])
  return Promise.all(
    seen.map(async (row) => {
      const place = {
        tenantId,
        personId: row.person_id as string,
        class: 'contact',
        recordId: row.record_id as string,
        version: row.version as number,
        keyId: row.key_id as string,
      }
      const opener = keys.get(place.keyId)
      const contact = opener ? (openJson(opener, place, row.payload as Buffer) as Contact) : { emails: [], phones: [] }
      const canonical = { emails: contact.emails.map(({ address }) => address), phones: contact.phones.map(({ e164 }) => e164) }
      return { personId: place.personId, ...(await hashAddresses(vault.store, tenantId, canonical)) }
    }),
  )
}

/** The hashing itself, in the order given: also for the seed, which runs before anyone can ask. Addresses are canonical. */
export async function hashAddresses(store: KeyStore, tenantId: string, { emails, phones }: { emails: readonly string[]; phones: readonly string[] }): Promise<AddressTokens> {
  const key = deriveKey(await store.indexRoot(tenantId), 'objection')
  const hash = (kind: 'email' | 'phone', value: string): string => createHmac('sha256', key).update(`${kind}\0${value}`).digest('base64')
  return { emails: emails.map((address) => hash('email', address)), phones: phones.map((e164) => hash('phone', e164)) }
}
