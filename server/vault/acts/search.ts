import { actorOf, askerLook, answersSubjects, needsAny, seerOf, type Actor } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look, type Look } from '../db.ts'
import { maskContact } from '../mask.ts'
import type { Contact, SearchHit, SearchRequest } from '../protocol.ts'
import { queryTokens, rank, type SearchPlan } from '../tokens/index.ts'
import { toLogEvent } from '../trace.ts'
import { seenText, seerValues } from '../visible.ts'
import { liveGround } from './held.ts'
import { factColumns, openContacts } from './open-facts.ts'
import { indexOf } from './seal.ts'

/** What one way of reading the query may bring in; more than this is no search but a list. */
const MAX_CANDIDATES = 200

/**
 * Finds people by phone, its tail, e-mail, VIN, plate or name. Candidates are opened here and ranked in clear; those who do not fit
 * never leave, and the trace names only those who do. The query itself is written nowhere.
 */
export async function search(vault: VaultContext, question: Question, request: SearchRequest): Promise<SearchHit[]> {
  const { asker, tenantId, peer } = question
  const [actorRows] = await look(vault.main, tenantId, [askerLook(asker, tenantId, peer)])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['person.read'])
  const hits: SearchHit[] = []
  for (const alternatives of inTurns(queryTokens(await indexOf(vault.store, tenantId), request.query))) {
    const wanted = alternatives.filter(({ because }) => because !== 'phone' || !hits.some((hit) => hit.because === 'phone'))
    if (wanted.length > 0 && hits.length < request.limit) hits.push(...(await tryOut(vault, { tenantId, actor, request, taken: new Set(hits.map((hit) => hit.personId)) }, wanted)))
  }
  const shown = hits.slice(0, request.limit)
  await vault.quota.spend(
    'listed',
    tenantId,
    actor,
    request.purpose,
    shown.map((hit) => hit.personId),
  )
  await vault.trace.write([
    toLogEvent(
      {
        event: 'person.searched',
        tenantId,
        actor,
        door: request.door,
        purpose: request.purpose,
        personIds: shown.map((hit) => hit.personId),
        details: { hits: shown.length, because: [...new Set(shown.map((hit) => hit.because))].join(',') },
      },
      vault.now(),
    ),
  ])
  return shown
}

/**
 * What is looked up together, in a round trip each: what was surely meant, then other writings of a phone, then slips of the finger, which are
 * hundreds of tokens and are not tried when there are people enough.
 */
function inTurns(plan: SearchPlan): SearchPlan[] {
  const slip = plan.findIndex(({ because }) => because === 'name_typo')
  const phone = plan.findIndex(({ because }) => because === 'phone')
  const turnOf = (at: number): number => (slip >= 0 && at >= slip ? 2 : plan[at]?.because === 'phone' && at > phone ? 1 : 0)
  return [0, 1, 2].map((turn) => plan.filter((_, at) => turnOf(at) === turn))
}

type Trying = { tenantId: string; actor: Actor; request: SearchRequest; taken: Set<string> }

/** People found by these alternatives, nearest first; those already taken are left out. */
async function tryOut(vault: VaultContext, { tenantId, actor, request, taken }: Trying, alternatives: SearchPlan): Promise<SearchHit[]> {
  const answers = await look(
    vault.main,
    tenantId,
    alternatives.map((alternative) => candidatesLook(actor, request, alternative)),
  )
  const contacts = await openContacts(
    vault,
    tenantId,
    answers.flat().filter((row) => !taken.has(row.person_id as string)),
  )
  const hits: SearchHit[] = []
  for (const [i, { because }] of alternatives.entries()) {
    const candidates = (answers[i] ?? [])
      .map((row) => row.person_id as string)
      .flatMap((personId) => (contacts.has(personId) && !taken.has(personId) ? [{ personId, contact: contacts.get(personId) ?? emptyContact }] : []))
    for (const { personId, contact } of rank(request.query, candidates)) {
      taken.add(personId)
      hits.push({ personId, masked: maskContact(contact), because })
    }
  }
  return hits
}

const emptyContact: Contact = { phones: [], emails: [] }

/**
 * Any token of each group, visible, not restricted, held on a ground for this purpose; with the contact, so that no second trip is needed. Of one value the
 * first who fit are read and no more, however many bear it; of several all are gathered first, so that none of the values crowds out the others.
 */
function candidatesLook(actor: Actor, { purpose }: SearchRequest, { tokenGroups, isOneValue }: SearchPlan[number]): Look {
  const isFree = answersSubjects(actor, purpose)
  const [first = [], ...others] = tokenGroups
  const narrowed = others.map((_, i) => `and exists (select from search_tokens o where o.tenant_id = $1 and o.person_id = t.person_id and o.token = any($${8 + i}::bigint[]))`)
  return {
    name: `candidates-${tokenGroups.length}${isOneValue ? '' : '-many'}`,
    text: `select ${factColumns} from (
        select ${isOneValue ? '' : 'distinct'} t.person_id from search_tokens t where t.tenant_id = $1 and t.token = any($2::bigint[]) ${narrowed.join(' ')}
      ) t join persons p on p.tenant_id = $1 and p.id = t.person_id join facts f on f.tenant_id = $1 and f.person_id = p.id and f.class = 'contact'
      where p.kind = 'customer' and ${seenText('p', 5)}
        and ($3::boolean or (p.restricted_at is null and exists (select ${liveGround('p.id', '$4')} and 'contact' = any(a.classes))))
      limit ${MAX_CANDIDATES}`,
    values: [`{${first.join(',')}}`, isFree, purpose, ...seerValues(seerOf(actor)), ...others.map((group) => `{${group.join(',')}}`)],
  }
}
