import type { KeyObject } from 'node:crypto'
import { actorOf, askerLook, needsAny, type Actor } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { look, type Look, type Row } from '../db.ts'
import { hintOf, maskCar, maskContact, noContact } from '../mask.ts'
import type { Contact, FactClass, RevealedFact, RevealedPerson, RevealRequest } from '../protocol.ts'
import { VaultRefusal } from '../refusal.ts'
import { canaryEvents, toLogEvent, type LookEvent } from '../trace.ts'
import { boundToHanded, handedLook } from './handed.ts'
import { heldLooks, judge, toHeld, type Verdict } from './held.ts'
import { boundToMessages } from './in-hand.ts'
import { factColumns, openFact } from './open-facts.ts'

const MAX_FACTS = 5_000

/** Opens people for a purpose. Everything that decides is read in one round trip; the trace is committed before the answer. */
export async function reveal(vault: VaultContext, question: Question, request: RevealRequest): Promise<RevealedPerson[]> {
  const { asker, tenantId, peer } = question
  const [actorRows, heldRows, activityRows, factRows = [], handedRows = []] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    ...heldLooks(request.personIds, request.purpose),
    factsLook(request),
    ...handedLook(asker, tenantId, peer, request.personIds),
  ])
  const actor = boundToHanded(actorOf(asker, actorRows ?? []), handedRows)
  needsAny(actor, [
    request.purpose === 'employment' ? 'staff.read' : request.masked ? 'person.read' : 'person.reveal',
    'own.data',
    ...(request.purpose === 'request_handling' ? ['network.poll' as const] : []),
    ...(request.masked && request.purpose === 'marketing' ? ['mailing.read' as const] : []),
  ])
  if (factRows.length > MAX_FACTS) throw new VaultRefusal('too_large')
  const held = toHeld(heldRows ?? [], activityRows ?? [])
  const judged = new Map(request.personIds.map((personId) => [personId, judge(actor, request.purpose, held.get(personId), request.masked)]))
  const verdicts = await boundToMessages(vault, { tenantId, asker, request }, judged)
  const rows = factRows.filter((row) => mayOpen(verdicts.get(row.person_id as string), row.class as string))
  const keys = await vault.dataKeys.load(
    tenantId,
    rows.map((row) => row.key_id as string),
  )
  const people = Map.groupBy(
    rows.filter((row) => keys.has(row.key_id as string)),
    (row) => row.person_id as string,
  )
  const open = request.personIds.filter((personId) => verdicts.get(personId)?.state === 'open' && people.has(personId))
  const isCounted = !request.masked && request.purpose !== 'employment'
  await vault.quota.spend(isCounted ? 'revealed' : 'listed', tenantId, actor, request.purpose, open)
  await vault.trace.write(traceOf(vault, { tenantId, actor, request, open, records: rows.length }))
  const shows = shower(actor, request)
  return request.personIds.map((personId) => {
    const verdict = verdicts.get(personId) ?? { state: 'not_found' }
    if (verdict.state !== 'open') return { personId, state: verdict.state }
    const facts = people.get(personId)
    // Held, but the keys are gone: destroyed, and its rows are about to follow.
    if (!facts) return { personId, state: 'not_found' }
    return shows(
      personId,
      facts.map((row) => toRevealed(tenantId, row, keys)),
    )
  })
}

/** The contact is read in any case: every answer carries the masked name. */
function factsLook({ personIds, classes, recordIds, masked }: RevealRequest): Look {
  const wanted: FactClass[] = masked ? ['contact', ...classes.filter((each) => each === 'vehicle')] : [...new Set<FactClass>(['contact', ...classes])]
  return {
    name: recordIds ? 'facts-of-records' : 'facts',
    text: recordIds ? `${factsText} and (f.class <> 'communication' or f.record_id = any($4::uuid[])) limit ${MAX_FACTS + 1}` : `${factsText} limit ${MAX_FACTS + 1}`,
    values: [`{${personIds.join(',')}}`, `{${wanted.join(',')}}`, ...(recordIds ? [`{${recordIds.join(',')}}`] : [])],
  }
}
const factsText = `select ${factColumns} from facts f where f.tenant_id = $1 and f.person_id = any($2::uuid[]) and f.class = any($3::text[])`

const mayOpen = (verdict: Verdict | undefined, factClass: string): boolean => verdict?.state === 'open' && verdict.classes.has(factClass)

function toRevealed(tenantId: string, row: Row, keys: ReadonlyMap<string, KeyObject>): RevealedFact {
  const facts = openFact(tenantId, row, keys)
  if (!facts) throw new Error('a fact was to be opened without its key')
  return { class: row.class, recordId: row.record_id, version: row.version, facts } as RevealedFact
}

/** What of the opened facts this request shows. */
function shower(actor: Actor, request: RevealRequest): (personId: string, facts: RevealedFact[]) => RevealedPerson {
  const { classes, masked } = request
  const namesOnly = isNamesOnly(actor, request)
  const mask = actor.kind === 'subject' && !actor.isProved ? hintOf : maskContact
  return (personId, facts) => {
    const contact = facts.find((fact) => fact.class === 'contact')
    const shown = masked ? [] : facts.filter((fact) => classes.includes(fact.class))
    const cars = masked ? facts.flatMap((fact) => (fact.class === 'vehicle' ? [maskCar(fact.recordId, fact.facts)] : [])) : []
    return { personId, state: 'open', masked: contact ? mask(contact.facts) : noContact, cars, facts: namesOnly ? shown.map(nameOnly) : shown }
  }
}

// The letter to a colleague needs their address: the task `mail` sends it, and shows it to nobody.
const isNamesOnly = (actor: Actor, { purpose, namesOnly, masked }: RevealRequest): boolean =>
  !masked && purpose === 'employment' && (namesOnly === true || (actor.role !== 'administrator' && actor.kind !== 'job'))
const nameOnly = (fact: RevealedFact): RevealedFact => (fact.class === 'contact' ? { ...fact, facts: namesOf(fact.facts) } : fact)
const namesOf = ({ surname, given, patronymic }: Contact): Contact => ({ surname, given, patronymic, phones: [], emails: [] })

function traceOf(vault: VaultContext, { tenantId, actor, request, open, records }: { tenantId: string; actor: Actor; request: RevealRequest; open: string[]; records: number }) {
  const now = vault.now()
  const said: LookEvent = {
    event: request.masked ? 'person.listed' : isNamesOnly(actor, request) ? 'staff.named' : 'person.revealed',
    tenantId,
    actor,
    door: request.door,
    purpose: request.purpose,
    personIds: open,
    details: {
      asked: request.personIds.length,
      records,
      classes: request.masked ? (request.classes.includes('vehicle') ? 'contact,vehicle' : 'contact') : request.classes.join(','),
    },
  }
  return [toLogEvent(said, now), ...(request.masked ? [] : canaryEvents(vault, said))]
}
