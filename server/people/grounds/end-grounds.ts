import type { EndReason } from '../../../contract/people/person.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { refreshTerm } from './keep-on-ground.ts'

type Ended = { id: string; activityCode: string }
const end = statement<Ended>(
  'grounds_end_some',
  `
  update grounds g set ended_at = $4, ended_reason = $5 from activities a
  where g.tenant_id = $1 and g.person_id = $2 and g.id = any ($3::uuid[]) and g.ended_at is null and a.tenant_id = $1 and a.id = g.activity_id
  returning g.id, a.code "activityCode"`,
)

const endOf = statement<Ended>(
  'grounds_end_of',
  `
  update grounds g set ended_at = $4, ended_reason = $5 from activities a
  where g.tenant_id = $1 and g.person_id = $2 and g.evidence @> $3::jsonb and g.ended_at is null and a.tenant_id = $1 and a.id = g.activity_id
  returning g.id, a.code "activityCode"`,
)

/** Ends these grounds of a person before their term, for a reason the law knows (152-ФЗ art. 21 ч.3–5.1); those that have ended already stay as they are. Tells how many there were. */
export const endGrounds = async (ctx: Ctx, personId: string, groundIds: readonly string[], reason: EndReason): Promise<number> =>
  noteEnded(ctx, personId, await ctx.run(end, [personId, [...groundIds], ctx.now(), reason]), reason)

/** The same of whatever rests on this evidence; other grounds of the person stay. */
export const endGroundsOf = async (ctx: Ctx, personId: string, evidence: Record<string, string>, reason: EndReason): Promise<number> =>
  noteEnded(ctx, personId, await ctx.run(endOf, [personId, JSON.stringify(evidence), ctx.now(), reason]), reason)

async function noteEnded(ctx: Ctx, personId: string, ended: readonly Ended[], reason: EndReason): Promise<number> {
  for (const { id, activityCode } of ended) ctx.audit('ground.ended', { persons: [personId], object: { kind: 'ground', id }, details: { reason, activity: activityCode } })
  if (ended.length > 0) await refreshTerm(ctx, personId)
  return ended.length
}

export type LiveGround = { id: string; activityCode: string; activity: string; basis: string; evidence: Record<string, string>; since: Date; until: Date | null }
const live = statement<LiveGround>(
  'grounds_live_of',
  `
  select g.id, a.code "activityCode", a.name activity, g.basis, g.evidence, g.since, g.until from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = $2 and g.ended_at is null and (g.until is null or g.until > $3) order by g.since, g.id limit 100`,
)

/** On what a person is held now. */
export const liveGroundsOf = (ctx: Ctx, personId: string): Promise<LiveGround[]> => ctx.run(live, [personId, ctx.now()])
