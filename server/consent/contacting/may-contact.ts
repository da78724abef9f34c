import { channels, consents, messageKinds, type Channel, type MessageKind } from '../../../contract/consent/consent.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { readEvents } from '../events/read-events.ts'
import { addressedOn } from './objections.ts'
import { contactConsents, verdictOf, type Answer, type ContactFile } from './verdict.ts'

const held = statement<{ purpose: Purpose }>(
  'contact_grounds',
  `
  select distinct unnest(a.purposes) purpose from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = $2 and g.ended_at is null and (g.until is null or g.until > $3)`,
)

/**
 * May this person be written to or called on this channel, and why? Nothing is sent or dialled without it, and it is asked at the moment of sending.
 * Throws not_found for a person whom the actor may not see.
 */
export async function mayContact(ctx: Ctx, { personId, channel, messageKind }: { personId: string; channel: Channel; messageKind: MessageKind }): Promise<Answer> {
  return verdictOf(await contactFile(ctx, personId), channel, messageKind)
}

async function contactFile(ctx: Ctx, personId: string): Promise<ContactFile> {
  const person = await visiblePerson(ctx, personId)
  const now = ctx.now()
  if (person.restrictedAt) return { isRestricted: true, purposes: new Set(), reachable: new Set(), objected: new Set(), events: [], now }
  const [grounds, events, addressed] = await Promise.all([ctx.run(held, [personId, now]), readEvents(ctx, personId, contactConsents), addressedOn(ctx, personId)])
  return { isRestricted: false, purposes: new Set(grounds.map(({ purpose }) => purpose)), ...addressed, events, now }
}

export const showMayContact = handle(consents.mayContact, (ctx, asked) => mayContact(ctx, asked))

export const showContacting = handle(consents.contacting, async (ctx, { personId }) => {
  const file = await contactFile(ctx, personId)
  return { verdicts: messageKinds.flatMap((messageKind) => channels.map((channel) => ({ channel, messageKind, ...verdictOf(file, channel, messageKind) }))) }
})
