import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { openJson } from '../crypto/envelope.ts'
import { look } from '../db.ts'
import type { Contact, HoldersRequest } from '../protocol.ts'
import { exactToken } from '../tokens/index.ts'
import { toLogEvent } from '../trace.ts'
import { MAX_MATCHES, matchText } from './match.ts'
import { indexOf } from './seal.ts'

/** Everyone who has one of this person's e-mails, the person among them: who else reads a letter to them. Ids only, nothing is shown of anybody. */
export async function holders(vault: VaultContext, { asker, tenantId, peer }: Question, { personId, door }: HoldersRequest): Promise<string[]> {
  const [actorRows, factRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    {
      name: 'holders-contact',
      text: `select record_id, version, key_id, payload from facts where tenant_id = $1 and person_id = $2 and class = 'contact'`,
      values: [personId],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['site.visit'])
  const keys = await vault.dataKeys.load(
    tenantId,
    factRows.map((row) => row.key_id as string),
  )
  const emails = factRows.flatMap((row) => {
    const place = { tenantId, personId, class: 'contact', recordId: row.record_id as string, version: row.version as number, keyId: row.key_id as string }
    const key = keys.get(place.keyId)
    return key ? (openJson(key, place, row.payload as Buffer) as Contact).emails.map(({ address }) => address) : []
  })
  const index = await indexOf(vault.store, tenantId)
  const tokens = emails.map((address) => exactToken.email(index, address)).filter((token) => token !== null)
  const [found = []] = await look(vault.main, tenantId, [{ name: 'match', text: matchText, values: [`{${tokens.join(',')}}`, MAX_MATCHES] }])
  const personIds = [...new Set(found.flatMap((row) => row.people as string[]))]
  await vault.trace.write([toLogEvent({ event: 'person.matched', tenantId, actor, door, purpose: null, personIds, details: { items: emails.length } }, vault.now())])
  return personIds
}
