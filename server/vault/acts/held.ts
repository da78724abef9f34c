import { allows } from '../../../contract/permissions.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { answersSubjects, seerOf, seesPerson, type Actor } from '../asking.ts'
import type { Look, Row } from '../db.ts'
import { factClasses, type FactClass } from '../protocol.ts'
import { handsFrom, personHands, sees, type Seen } from '../visible.ts'

/** A person as the register holds them for one purpose: `classes` are those that live grounds allow. */
export type Held = { personId: string; isEmployee: boolean; isRestricted: boolean; classes: ReadonlySet<string> } & Seen

/** Two statements, to be handed to `toHeld`: people with the activities they are held for, and which of these stand for the purpose. A join for each person would cost more. */
export const heldLooks = (personIds: readonly string[], purpose: Purpose): [people: Look, activities: Look] => [
  { name: 'held', text: heldText, values: [`{${personIds.join(',')}}`] },
  { name: 'activities', text: 'select id, classes from activities where tenant_id = $1 and $2 = any(purposes)', values: [purpose] },
]

const liveUntil = 'g.ended_at is null and (g.until is null or g.until > now())'

/** A ground is live until it is ended or its term is over; its activity says for which purposes and classes it stands (152-ФЗ art. 5 ч.2, 6 ч.1). */
export const liveGround = (person: string, purpose: string): string => `from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = ${person} and ${liveUntil} and ${purpose} = any(a.purposes)`

const heldText = `select p.id, p.kind, ${personHands}, p.restricted_at is not null as is_restricted,
    array(select g.activity_id from grounds g where g.tenant_id = $1 and g.person_id = p.id and ${liveUntil}) as activities
  from persons p where p.tenant_id = $1 and p.id = any($2::uuid[])`

/** People by id, from the rows of `heldLooks`. */
export function toHeld(rows: readonly Row[], activityRows: readonly Row[]): Map<string, Held> {
  const classesOf = new Map(activityRows.map((row) => [row.id as string, row.classes as string[]]))
  return new Map(
    rows.map((row) => [
      row.id as string,
      {
        personId: row.id as string,
        isEmployee: row.kind === 'employee',
        isRestricted: row.is_restricted as boolean,
        ...handsFrom(row),
        classes: new Set((row.activities as string[]).flatMap((id) => classesOf.get(id) ?? [])),
      },
    ]),
  )
}

export type Verdict = { state: 'open'; classes: ReadonlySet<string> } | { state: 'restricted' | 'no_ground' | 'not_found' }

const everything: ReadonlySet<string> = new Set<FactClass>(factClasses)
const contactOnly: ReadonlySet<string> = new Set<FactClass>(['contact'])

/**
 * May this actor open this person for this purpose, and which classes of facts? Someone they may not see does not exist for them.
 * @param isMasked only a hint of the contact is to be shown.
 */
export function judge(actor: Actor, purpose: Purpose, person: Held | undefined, isMasked = false): Verdict {
  if (!person) return { state: 'not_found' }
  // The person themself, on their own page: all that is held of them, for nothing but their rights.
  if (actor.kind === 'subject') return judgeSubject(actor, purpose, person, isMasked)
  // Colleagues see each other's names at work; the right is staff.read, the ground is the employment itself (152-ФЗ art. 6 ч.1 п.5).
  if (purpose === 'employment') return judgeColleague(actor, person)
  // The clients of a mailing are the company's, whoever leads each of them; their right is to see them masked and no more.
  const isOfMailing = purpose === 'marketing' && actor.kind === 'staff' && allows(actor.role, 'mailing.read') && sees({ ...seerOf(actor), seesAll: true }, person)
  if (!isOfMailing && !seesPerson(actor, person)) return { state: 'not_found' }
  if (answersSubjects(actor, purpose)) return { state: 'open', classes: everything }
  if (person.isRestricted) return { state: 'restricted' }
  return person.classes.size === 0 ? { state: 'no_ground' } : { state: 'open', classes: person.classes }
}

/** Whoever came by an address that several share is told whose lines there are by a hint, and nothing of them (152-ФЗ art. 14 ч.2: no data of other subjects). */
function judgeSubject(actor: Actor, purpose: Purpose, person: Held, isMasked: boolean): Verdict {
  if (purpose !== 'rights' || !seesPerson(actor, person)) return { state: 'not_found' }
  if (actor.isProved) return { state: 'open', classes: everything }
  return isMasked ? { state: 'open', classes: contactOnly } : { state: 'not_found' }
}

function judgeColleague(actor: Actor, person: Held): Verdict {
  if (!person.isEmployee || !person.classes.has('contact')) return { state: 'no_ground' }
  if (person.isRestricted && actor.role !== 'privacy_officer') return { state: 'restricted' }
  return { state: 'open', classes: contactOnly }
}
