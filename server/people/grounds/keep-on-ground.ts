import { daysToDestroy } from '../../../contract/people/person.ts'
import { zoneText } from '../../identity/index.ts'
import { isPgError, Refusal, TryAgain, type Ctx } from '../../kernel/index.ts'
import { termEnd, type Term } from '../../platform/calendar/term-end.ts'
import { statement } from '../../platform/db/session.ts'

const add = statement<{ id: string }>(
  'ground_add',
  `
  insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since, until)
  select $1, $2, $3, a.id, $5, $6::jsonb, $7, $8 from activities a where a.tenant_id = $1 and a.code = $4 and $5 = any (a.bases) returning id`,
)

/** Adds a ground to a person who is held already, and moves the destruction date accordingly. */
export async function keepOnGround(ctx: Ctx, personId: string, ground: { activityCode: string; basis: string; evidence: Record<string, string>; until?: Date }): Promise<void> {
  const [row] = await ctx
    .run(add, [ctx.newId(), personId, ground.activityCode, ground.basis, JSON.stringify(ground.evidence), ctx.now(), ground.until ?? null])
    .catch(againWhenDestroyed)
  if (!row) throw new Refusal('no_ground', { details: { activityCode: ground.activityCode, basis: ground.basis } })
  ctx.audit('ground.added', { persons: [personId], object: { kind: 'ground', id: row.id }, details: { activity: ground.activityCode, basis: ground.basis } })
  await refreshTerm(ctx, personId)
}

/** The person was destroyed while their new request was on its way: the next run finds nobody and makes a new person of it. */
function againWhenDestroyed(error: unknown): never {
  if (isPgError(error) && error.code === '23503' && error.constraint === 'grounds_tenant_id_person_id_fkey') throw new TryAgain()
  throw error
}

const ends = Object.entries(daysToDestroy)
  .map(([reason, days]) => `when '${reason}' then ${days}`)
  .join(' ')
const term = statement(
  'ground_term',
  `
  update persons p set updated_at = $3, destroy_after = (
    select case
      when bool_or(g.ended_at is null and g.until is null) then null
      when bool_or(g.ended_at is null) then max(g.until) filter (where g.ended_at is null)
      else max(least(coalesce(g.until, 'infinity'), g.ended_at + make_interval(days => case g.ended_reason ${ends} else 30 end))) end
    from grounds g where g.tenant_id = $1 and g.person_id = p.id)
  where p.tenant_id = $1 and p.id = any ($2::uuid[])`,
)

/**
 * The destruction date is the end of the last live ground; while one has no end yet there is none (152-ФЗ art. 5 ч.7). When the last was
 * ended before its term, it is the day by which the law wants the data gone (art. 21 ч.3–5).
 */
export const refreshTerm = async (ctx: Ctx, ...personIds: readonly string[]): Promise<void> => void (await ctx.run(term, [personIds, ctx.now()]))

type OpenGround = Term & { id: string; timeZone: string }
const openOf = statement<OpenGround>(
  'ground_open_of',
  `
  select g.id, a.retention_days "retentionDays", a.counts_from_year_end "countsFromYearEnd", ${zoneText('p.outlet_id')} "timeZone"
  from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id join persons p on p.tenant_id = $1 and p.id = g.person_id
  where g.tenant_id = $1 and g.person_id = $2 and g.evidence @> $3::jsonb and g.ended_at is null and g.until is null for update of g`,
)
const close = statement(
  'ground_close',
  `update grounds g set until = ends.until from unnest($2::uuid[], $3::timestamptz[]) ends(id, until) where g.tenant_id = $1 and g.id = ends.id`,
)

/** The purpose of the grounds with this evidence (a lead, a deal) is reached: their term of the register begins to run. */
export async function startTerm(ctx: Ctx, personId: string, evidence: Record<string, string>): Promise<void> {
  const open = await ctx.run(openOf, [personId, JSON.stringify(evidence)])
  const until = open.map((ground) => termEnd(ground, ctx.now(), ground.timeZone))
  if (open.length > 0) await ctx.run(close, [open.map(({ id }) => id), until])
  await refreshTerm(ctx, personId)
}

const reopenOf = statement(
  'ground_reopen_of',
  `
  update grounds set until = null where tenant_id = $1 and person_id = $2 and evidence @> $3::jsonb and ended_at is null`,
)

/** Undo of `startTerm`: the purpose lives on. */
export async function stopTerm(ctx: Ctx, personId: string, evidence: Record<string, string>): Promise<void> {
  await ctx.run(reopenOf, [personId, JSON.stringify(evidence)])
  await refreshTerm(ctx, personId)
}

const held = statement<{ isHeld: boolean }>(
  'ground_held',
  `
  select exists (select from grounds where tenant_id = $1 and person_id = $2 and ended_at is null and (until is null or until > $3)) "isHeld"`,
)

/** Refuses to add anything about a person whom no live ground holds (152-ФЗ art. 6). */
export async function assertHeld(ctx: Ctx, personId: string): Promise<void> {
  const [row] = await ctx.run(held, [personId, ctx.now()])
  if (!row?.isHeld) throw new Refusal('no_ground')
}
