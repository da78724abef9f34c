import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { keepOnGround, refreshTerm, tellRecipients } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'

/** Activities of the register that live by a consent of this kind alone; on another basis they are no concern of it. */
export const activitiesOn: Partial<Record<ConsentKind, readonly string[]>> = { request: ['lead', 'relations'], advertising_data: ['marketing'] }

const end = statement<{ id: string; personId: string; activityCode: string }>(
  'grounds_on_consent_end',
  `
  update grounds g set ended_at = $5, ended_reason = $6 from activities a
  where g.tenant_id = $1 and g.person_id = any ($2::uuid[]) and g.ended_at is null and g.basis = 'consent' and a.tenant_id = $1 and a.id = g.activity_id
    and (a.code = any ($4::text[]) or exists (select from consent_events e where e.tenant_id = $1 and e.person_id = g.person_id and e.kind = $3 and e.id::text = g.evidence ->> 'consentEventId'))
  returning g.id, g.person_id "personId", a.code "activityCode"`,
)

type Why = 'consent_withdrawn' | 'consent_expired'

/**
 * The grounds that rest on a consent end with it, in the transaction of the word itself (152-ФЗ art. 9 ч.2, art. 21 ч.5); contracts and laws stay.
 * Whoever received the data for the request is told.
 */
export async function endGroundsOn(ctx: Ctx, { personIds, kind, why }: { personIds: readonly string[]; kind: ConsentKind; why: Why }): Promise<void> {
  const ended = await ctx.run(end, [[...personIds], kind, [...(activitiesOn[kind] ?? [])], ctx.now(), why])
  for (const { id, personId, activityCode } of ended)
    ctx.audit('ground.ended', { persons: [personId], object: { kind: 'ground', id }, details: { reason: why, activity: activityCode, consent: kind } })
  if (ended.length > 0) await refreshTerm(ctx, ...new Set(ended.map(({ personId }) => personId)))
  if (kind === 'request') await tellRecipients(ctx, [...new Set(personIds)], 'withdrawn')
}

// A "no" that was said later, or in the same instant, and written down sooner: the "yes" before it holds nobody any more.
const advertises = statement<{ id: string }>(
  'activity_marketing',
  `
  select id from activities where tenant_id = $1 and code = 'marketing' and 'consent' = any (bases)
    and not exists (select from consent_events e where e.tenant_id = $1 and e.person_id = $2 and e.kind = 'advertising_data' and e.state <> 'given' and e.at >= $3)`,
)

type Hold = { personId: string; consentEventId: string; saidAt: Date; until: Date }

/**
 * Consent to processing for advertising is what holds a person for it, exactly as long as its text says. A register without such a line
 * holds nobody for advertising: the word is kept, and whoever wants to write is told that there is no ground.
 */
export async function holdForAdvertising(ctx: Ctx, { personId, consentEventId, saidAt, until }: Hold): Promise<void> {
  const [line] = await ctx.run(advertises, [personId, saidAt])
  if (line) await keepOnGround(ctx, personId, { activityCode: 'marketing', basis: 'consent', evidence: { consentEventId }, until })
}
