import { consentKinds, consents } from '../../../contract/consent/consent.ts'
import { handle } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { readEvents } from './read-events.ts'
import { stateOf } from './state-of.ts'

export const showConsents = handle(consents.ofPerson, async (ctx, { personId }) => {
  await visiblePerson(ctx, personId)
  const events = await readEvents(ctx, personId, null)
  return {
    now: consentKinds.map((kind) => {
      const now = stateOf(kind, events, ctx.now())
      return { ...now, at: now.at?.toISOString() ?? null, validUntil: now.validUntil?.toISOString() ?? null }
    }),
    events: events.map((event) => ({
      ...event,
      at: event.at.toISOString(),
      validUntil: event.validUntil?.toISOString() ?? null,
      textSha256: event.textSha256?.toString('hex') ?? null,
    })),
  }
})
