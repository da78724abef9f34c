import type { ConsentKind, consentHows } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { isOneOf, statement } from '../../platform/db/session.ts'
import type { Said } from './state-of.ts'

export type EventRow = Said & { how: (typeof consentHows)[number]; place: string | null; byId: string | null; textId: string | null; textSha256: Buffer | null }
const MAX_EVENTS = 500

const ofPerson = statement<EventRow>(
  'consent_events_of',
  `
  select e.id, e.kind, e.state, e.how, e.place, e.by_id "byId", e.at, e.valid_until "validUntil", e.text_id "textId", t.version "textVersion", t.body_sha256 "textSha256"
  from consent_events e left join consent_texts t on t.tenant_id = $1 and t.id = e.text_id
  where e.tenant_id = $1 and e.person_id = $2 and ($3::text[] is null or e.kind = any ($3)) order by e.at desc, e.id desc limit ${MAX_EVENTS}`,
)

/** Newest first; all kinds when none is named. */
export const readEvents = (ctx: Ctx, personId: string, kinds: readonly ConsentKind[] | null): Promise<EventRow[]> => ctx.run(ofPerson, [personId, kinds])

// Per kind the latest instant decides (state-of.ts), so older words need not be read for many people.
const latestOf = statement<Said & { personId: string }>(
  'consent_events_latest',
  `
  select e.person_id "personId", e.id, e.kind, e.state, e.at, e.valid_until "validUntil", t.version "textVersion"
  from (select *, rank() over (partition by person_id, kind order by at desc) lateness from consent_events
    where tenant_id = $1 and ${isOneOf('person_id', '$2::uuid[]')} and ${isOneOf('kind', '$3::text[]')} and at <= $4) e
  left join consent_texts t on t.tenant_id = $1 and t.id = e.text_id where e.lateness = 1`,
)

/** What many people said last, by person. */
export async function readEventsOf(ctx: Ctx, personIds: readonly string[], kinds: readonly ConsentKind[]): Promise<Map<string, Said[]>> {
  return Map.groupBy(await ctx.run(latestOf, [[...personIds], [...kinds], ctx.now()]), ({ personId }) => personId)
}
