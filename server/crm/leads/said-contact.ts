import { z } from 'zod'
import { leads } from '../../../i18n/ru/leads.ts'
import type { Ctx } from '../../kernel/index.ts'
import { sealFacts } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { Revealed, wholeName as nameOf, type Contact, type SealItem } from '../../vault/index.ts'
import { tellLead, type LeadHands } from './change-lead.ts'
import type { KnownBy } from './vouching.ts'

const MAX_OF_A_KIND = 10

type Said = { isMore: boolean } & KnownBy

/** Does a known client say more of themself than the address by which they were known? Who wrote the name down by hand may have heard it anew. */
export async function saysMore(ctx: Ctx, personId: string, contact: Contact): Promise<Said> {
  const isNamed = ctx.actor.kind === 'staff' && nameOf(contact) !== ''
  if (contact.phones.length + contact.emails.length <= 1) return { isMore: isNamed, phone: contact.phones.length > 0, email: contact.emails.length > 0 }
  const items = [
    ...contact.phones.map(({ e164 }) => ({ phones: [e164], emails: [], vins: [] })),
    ...contact.emails.map(({ address }) => ({ phones: [], emails: [address], vins: [] })),
  ]
  const known = await ctx.vault.match(ctx.asker, ctx.tenantId, { items, door: ctx.door })
  const isKnown = items.map((_, index) => known[index]?.includes(personId) ?? false)
  return { isMore: isNamed || isKnown.includes(false), phone: isKnown.slice(0, contact.phones.length).includes(true), email: isKnown.slice(contact.phones.length).includes(true) }
}

/** What nobody vouches for stands with the words of the request, so that it is not lost. */
export const withAddresses = (comment: string | undefined, { phones, emails }: Contact): string =>
  [comment, leads.alsoGiven([...phones.map(({ e164 }) => e164), ...emails.map(({ address }) => address)].join(', '))].filter(Boolean).join('\n\n')

/** The lead says that its words name addresses the client is not known by. */
export const noteAddresses = async (ctx: Ctx, leadId: string): Promise<void> => void (await ctx.run(notice, [leadId, ['address_differs']]))

/** The web opens no contact, so what was said is sealed apart under the client's own key until the job has joined it. */
export const saidItem = (personId: string, factId: string, contact: Contact): SealItem => ({
  personId,
  class: 'communication',
  recordId: factId,
  version: 1,
  facts: { text: JSON.stringify(contact) },
})

const Payload = z.object({ leadId: z.uuid(), personId: z.uuid(), factId: z.uuid() })
const Told = z.object({
  surname: z.string().optional(),
  given: z.string().optional(),
  patronymic: z.string().optional(),
  typedName: z.string().optional(),
  phones: z.array(z.object({ e164: z.string(), typed: z.string() })),
  emails: z.array(z.object({ address: z.string(), typed: z.string() })),
  birthDate: z.string().optional(),
  address: z.string().optional(),
})
const forget = statement('said_forget', `delete from facts where tenant_id = $1 and person_id = $2 and class = 'communication' and record_id = $3`)
const next = statement<{ version: number }>('said_version', `update persons set version = version + 1, updated_at = $3 where tenant_id = $1 and id = $2 returning version`)
const notice = statement<LeadHands>('said_notice', `update leads set notices = $3 where tenant_id = $1 and id = $2 returning outlet_id "outletId", responsible_id "responsibleId"`)

/**
 * The job `lead-contact`: phones and e-mails that a known client gave with a new request are added to theirs. A name that differs changes nothing:
 * the lead says so, and whoever answers asks (152-ФЗ art. 5 ч.6). Run again it finds nothing left to join.
 */
export async function joinSaid(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId, personId, factId } = Payload.parse(payload)
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: ctx.purpose,
    personIds: [personId],
    classes: ['contact', 'communication'],
    recordIds: [factId],
    masked: false,
    door: ctx.door,
  })
  if (person?.state !== 'open') return
  const before = person.facts.flatMap((fact) => (fact.class === 'contact' ? [Revealed.open(fact.facts)] : []))[0]
  const text = person.facts.flatMap((fact) => (fact.class === 'communication' && fact.recordId === factId ? [Revealed.open(fact.facts).text] : []))[0]
  if (!before || text === undefined) return
  const { contact, isChanged, notices } = joined(before, Told.parse(JSON.parse(text)))
  await ctx.run(forget, [personId, factId])
  if (isChanged) {
    const [row] = await ctx.run(next, [personId, ctx.now()])
    if (!row) return
    await sealFacts(ctx, personId, [{ personId, class: 'contact', recordId: personId, version: row.version, facts: contact }])
    ctx.audit('person.edited', { persons: [personId], object: { kind: 'person', id: personId }, details: { class: 'contact', version: row.version, leadId } })
  }
  if (notices.length === 0) return
  const [lead] = await ctx.run(notice, [leadId, notices])
  if (lead) tellLead(ctx, leadId, lead)
}

/** Everything that was known and everything that is new; what was known stands first and is never replaced. */
export function joined(before: Contact, said: z.output<typeof Told>): { contact: Contact; isChanged: boolean; notices: string[] } {
  const phones = unique([...before.phones, ...said.phones], ({ e164 }) => e164)
  const emails = unique([...before.emails, ...said.emails], ({ address }) => address)
  const isNamed = nameOf(before) !== ''
  const isOther = isNamed && (['surname', 'given', 'patronymic'] as const).some((part) => differs(before[part], said[part]))
  const name = isOther ? {} : { surname: before.surname ?? said.surname, given: before.given ?? said.given, patronymic: before.patronymic ?? said.patronymic }
  const contact: Contact = {
    ...before,
    ...name,
    // Of a name that grew the newer writing tells more.
    typedName: nameOf({ ...before, ...name }) === nameOf(before) ? before.typedName : (said.typedName ?? before.typedName),
    phones: phones.slice(0, MAX_OF_A_KIND),
    emails: emails.slice(0, MAX_OF_A_KIND),
    birthDate: before.birthDate ?? said.birthDate,
    address: before.address ?? said.address,
  }
  const isFull = phones.length > MAX_OF_A_KIND || emails.length > MAX_OF_A_KIND
  const notices = [...(isOther ? ['name_differs'] : []), ...(isFull ? ['contact_full'] : [])]
  return { contact, isChanged: JSON.stringify(plain(contact)) !== JSON.stringify(plain(before)), notices }
}

const plain = ({ phones, emails, surname, given, patronymic, birthDate, address }: Contact): unknown => [phones, emails, surname, given, patronymic, birthDate, address]
const fold = (part: string): string => part.toLowerCase().replaceAll('ё', 'е').replaceAll('.', '').trim()
/** An initial is the name it begins. */
function differs(known: string | undefined, said: string | undefined): boolean {
  if (!known || !said) return false
  const [a, b] = [fold(known), fold(said)]
  return a !== b && !(a.length === 1 && b.startsWith(a)) && !(b.length === 1 && a.startsWith(b))
}
const unique = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => items.filter((item, index) => items.findIndex((other) => keyOf(other) === keyOf(item)) === index)
