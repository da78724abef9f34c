import { channels, consents, messageKinds, type Channel, type MessageKind } from '../../../contract/consent/consent.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { isOneOf, statement } from '../../platform/db/session.ts'
import type { AddressTokens } from '../../vault/index.ts'
import { readEventsOf } from '../events/read-events.ts'
import { addressedOn, type Addressed } from './objections.ts'
import { contactConsents, verdictOf, type Answer, type ContactFile } from './verdict.ts'

type Held = { id: string; isRestricted: boolean; purposes: Purpose[] }
const held = statement<Held>(
  'contact_held',
  `
  select p.id, p.restricted_at is not null "isRestricted", array(
    select distinct unnest(a.purposes) from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
    where g.tenant_id = $1 and g.person_id = p.id and g.ended_at is null and (g.until is null or g.until > $3)) purposes
  from persons p where p.tenant_id = $1 and ${isOneOf('p.id', '$2::uuid[]')} and p.kind = 'customer'`,
)

type Asked = { channel: Channel; messageKind: MessageKind }
/** `tokens`: keyed hashes of the addresses, in the order of the contact; what a queued message is found and stopped by. */
export type Considered = Answer & { tokens: AddressTokens }

/**
 * May this person be written to or called on this channel, and why? Nothing is sent or dialled without it, and it is asked at the moment of sending.
 * Throws not_found for a person whom the actor may not see; a job acts for the whole company and sees everyone.
 */
export async function mayContact(ctx: Ctx, { personId, ...asked }: Asked & { personId: string }): Promise<Considered> {
  const file = await oneFile(ctx, personId)
  return { ...verdictOf(file, asked.channel, asked.messageKind), tokens: file.tokens }
}

/** The same for up to a thousand people in five questions: who is no client any more is left out. For whoever writes to many, and for measuring it. */
export async function mayContactMany(ctx: Ctx, personIds: readonly string[], { channel, messageKind }: Asked): Promise<Map<string, Considered>> {
  const files = await contactFiles(ctx, personIds)
  return new Map([...files].map(([personId, file]) => [personId, { ...verdictOf(file, channel, messageKind), tokens: file.tokens }]))
}

type File = ContactFile & { tokens: AddressTokens }
const unreachable: Addressed = { tokens: { emails: [], phones: [] }, reachable: new Set(), objected: new Set() }

async function oneFile(ctx: Ctx, personId: string): Promise<File> {
  if (ctx.actor.kind === 'staff') await visiblePerson(ctx, personId)
  if (ctx.actor.kind === 'subject' && !ctx.actor.persons.includes(personId)) throw notFound()
  const file = (await contactFiles(ctx, [personId])).get(personId)
  if (!file) throw notFound()
  return file
}

async function contactFiles(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, File>> {
  if (personIds.length === 0) return new Map()
  const now = ctx.now()
  const [people, events, addressed] = await Promise.all([ctx.run(held, [[...personIds], now]), readEventsOf(ctx, personIds, contactConsents), addressedOn(ctx, personIds)])
  return new Map(
    people.map(({ id, isRestricted, purposes }) => {
      const { tokens, reachable, objected } = addressed.get(id) ?? unreachable
      return [id, { isRestricted, purposes: new Set(purposes), reachable, objected, events: events.get(id) ?? [], now, tokens }]
    }),
  )
}

export const showMayContact = handle(consents.mayContact, (ctx, asked) => mayContact(ctx, asked))

export const showContacting = handle(consents.contacting, async (ctx, { personId }) => {
  const file = await oneFile(ctx, personId)
  return { verdicts: messageKinds.flatMap((messageKind) => channels.map((channel) => ({ channel, messageKind, ...verdictOf(file, channel, messageKind) }))) }
})
