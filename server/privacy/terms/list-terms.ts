import { deadlines, terms } from '../../../contract/privacy/term.ts'
import { companyZone } from '../../identity/index.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'
import { statement } from '../../platform/db/session.ts'
import { blockTerm } from './block-term.ts'
import { dueOf } from './due-of.ts'

const MAX_SHOWN = 200
const DAY_MS = 86_400_000

// Whoever was blocked first is due first.
const blocked = statement<{ personId: string; restrictedAt: Date; isOver: boolean }>(
  'terms_blocked',
  `
  select p.id "personId", p.restricted_at "restrictedAt",
    not exists (select from grounds g where g.tenant_id = $1 and g.person_id = p.id and g.ended_at is null and (g.until is null or g.until > $2)) "isOver"
  from persons p where p.tenant_id = $1 and p.restricted_at is not null and p.kind = 'customer' order by p.restricted_at, p.id limit ${MAX_SHOWN}`,
)
const untold = statement<{ id: string; actId: string; actNumber: number; recipient: string; number: number | null; queuedAt: Date }>(
  'terms_untold',
  `
  select r.id, r.act_id "actId", a.number "actNumber", r.recipient, r.number, r.queued_at "queuedAt" from recipient_notices r
  join destruction_acts a on a.tenant_id = $1 and a.id = r.act_id where r.tenant_id = $1 and r.told_at is null order by r.queued_at, r.id limit ${MAX_SHOWN}`,
)

/** What the law wants by a day and is no request: the blocked, each with the clock of six months, and recipients who have not heard of a destruction. */
export const listTerms = handle(deadlines.list, async (ctx) => {
  const zone = await companyZone(ctx)
  const at = { zone, today: dateIn(zone, ctx.now()) }
  return { blocks: await blocksOf(ctx, at), untold: await untoldOf(ctx, at) }
})

type At = { zone: string; today: string }

async function blocksOf(ctx: Ctx, at: At) {
  const rows = await ctx.run(blocked, [ctx.now()])
  const people = await maskedPeople(
    ctx,
    rows.map(({ personId }) => personId),
  )
  return rows.map(({ personId, restrictedAt, isOver }) => ({
    personId,
    masked: people.get(personId) ?? null,
    isOver,
    article: terms.D_MAXBLOCK.article,
    ...blockTerm(restrictedAt, at),
  }))
}

/** "Reasonable measures to tell third parties" have the term of what is told (art. 20 ч.3): seven working days. */
async function untoldOf(ctx: Ctx, { zone, today }: At) {
  const rows = await ctx.run(untold, [])
  return rows.map(({ queuedAt, ...row }) => {
    const startedOn = dateIn(zone, queuedAt)
    const { dueOn } = dueOf('D_ERASE_PROOF', startedOn)
    return { ...row, startedOn, dueOn, daysLeft: Math.round((Date.parse(dueOn) - Date.parse(today)) / DAY_MS), article: terms.D_ERASE_PROOF.article }
  })
}
