import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Said } from './state-of.ts'

export type EventRow = Said & { how: string; byId: string | null; textId: string; textSha256: Buffer }
const MAX_EVENTS = 500

const ofPerson = statement<EventRow>(
  'consent_events_of',
  `
  select e.id, e.kind, e.state, e.how, e.by_id "byId", e.at, e.valid_until "validUntil", e.text_id "textId", t.version "textVersion", t.body_sha256 "textSha256"
  from consent_events e join consent_texts t on t.tenant_id = $1 and t.id = e.text_id
  where e.tenant_id = $1 and e.person_id = $2 and ($3::text[] is null or e.kind = any ($3)) order by e.at desc, e.id desc limit ${MAX_EVENTS}`,
)

/** Newest first; all kinds when none is named. */
export const readEvents = (ctx: Ctx, personId: string, kinds: readonly ConsentKind[] | null): Promise<EventRow[]> => ctx.run(ofPerson, [personId, kinds])
