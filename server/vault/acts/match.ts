import { actorOf, askerLook, needsAny } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look } from '../db.ts'
import type { MatchRequest } from '../protocol.ts'
import { exactToken, type IndexKey } from '../tokens/index.ts'
import { canaryEvents, toLogEvent, type LookEvent } from '../trace.ts'
import { indexOf } from './seal.ts'

export const MAX_MATCHES = 50

/** Per item the people who have that phone, e-mail or VIN: ids only, nothing is opened, so neither ground nor restriction is asked for. */
export async function match(vault: VaultContext, question: Question, { items, door }: MatchRequest): Promise<string[][]> {
  const { asker, tenantId, peer } = question
  const index = await indexOf(vault.store, tenantId)
  const tokens = items.map((item) => exactTokens(index, item))
  const asked = [...new Set(tokens.flat())]
  const [actorRows, tokenRows] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    { name: 'match', text: matchText, values: [`{${asked.join(',')}}`, MAX_MATCHES] },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['person.create', 'lead.intake', 'lead.import', 'request.handle', 'site.visit'])
  const people = new Map((tokenRows ?? []).map((row) => [row.token as string, row.people as string[]]))
  const found = tokens.map((mine) => [...new Set(mine.flatMap((token) => people.get(String(token)) ?? []))])
  const personIds = [...new Set(found.flat())]
  const said: LookEvent = { event: 'person.matched', tenantId, actor, door, purpose: null, personIds, details: { items: items.length } }
  // A human who tries out phones learns who is held; a door that takes leads in learns nothing it could tell.
  if (actor.kind === 'staff') await vault.quota.spend('matched', tenantId, actor, null, personIds)
  await vault.trace.write([toLogEvent(said, vault.now()), ...(actor.kind === 'staff' ? canaryEvents(vault, said) : [])])
  return found
}

/** The text of a token, because int8 does not fit into a JavaScript number. */
export const matchText = `select asked.token::text as token, array(select t.person_id from search_tokens t where t.tenant_id = $1 and t.token = asked.token order by t.person_id limit $3) as people
  from unnest($2::bigint[]) as asked (token)`

/** What cannot be read as a phone, an e-mail or a VIN matches nobody. */
function exactTokens(index: IndexKey, { phones, emails, vins }: MatchRequest['items'][number]): bigint[] {
  const tokens = [
    ...phones.map((phone) => exactToken.phone(index, phone)),
    ...emails.map((email) => exactToken.email(index, email)),
    ...vins.map((vin) => exactToken.vin(index, vin)),
  ]
  return tokens.filter((token) => token !== null)
}
