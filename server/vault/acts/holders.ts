import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look } from '../db.ts'
import type { HoldersRequest } from '../protocol.ts'
import { exactToken } from '../tokens/index.ts'
import { toLogEvent } from '../trace.ts'
import { MAX_MATCHES, matchText } from './match.ts'
import { factColumns, openContacts } from './open-facts.ts'
import { indexOf } from './seal.ts'

/** Everyone who has one of this person's e-mails, the person among them: who else reads a letter to them. Ids only, nothing is shown of anybody. */
export async function holders(vault: VaultContext, { asker, tenantId, peer }: Question, { personId, door }: HoldersRequest): Promise<string[]> {
  const [actorRows, factRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    {
      name: 'holders-contact',
      text: `select ${factColumns} from facts f where f.tenant_id = $1 and f.person_id = $2 and f.class = 'contact'`,
      values: [personId],
    },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['site.visit'])
  const emails = [...(await openContacts(vault, tenantId, factRows)).values()].flatMap((contact) => contact.emails.map(({ address }) => address))
  const index = await indexOf(vault.store, tenantId)
  const tokens = emails.map((address) => exactToken.email(index, address)).filter((token) => token !== null)
  const [found = []] = await look(vault.main, tenantId, [{ name: 'match', text: matchText, values: [`{${tokens.join(',')}}`, MAX_MATCHES] }])
  const personIds = [...new Set(found.flatMap((row) => row.people as string[]))]
  await vault.trace.write([toLogEvent({ event: 'person.matched', tenantId, actor, door, purpose: null, personIds, details: { items: emails.length } }, vault.now())])
  return personIds
}
