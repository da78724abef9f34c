import type { MessageChannel } from '../../../contract/mailing/template.ts'
import { mayContactMany, type Considered } from '../../consent/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type Filter = { outletId: string | null; modelId: string | null; activityId: string | null }

// Whether they may be written to is no part of the choice: everyone chosen is asked about, so that every "no" has its reason.
const chosen = statement<{ id: string }>(
  'audience_page',
  `
  select p.id from persons p where p.tenant_id = $1 and p.kind = 'customer' and ($2::uuid is null or p.id > $2)
    and ($3::uuid is null or p.outlet_id is null or p.outlet_id = $3)
    and ($4::uuid is null or exists (select from person_vehicles v where v.tenant_id = $1 and v.person_id = p.id and v.model_id = $4)
      or exists (select from leads l where l.tenant_id = $1 and l.person_id = p.id and l.model_id = $4))
    and ($5::uuid is null or exists (select from grounds g where g.tenant_id = $1 and g.person_id = p.id and g.activity_id = $5 and g.ended_at is null and (g.until is null or g.until > $6)))
  order by p.id limit $7`,
)

/** The next people of an audience, by id. */
export const audiencePage = async (ctx: Ctx, { outletId, modelId, activityId }: Filter, after: string | null, limit: number): Promise<string[]> =>
  (await ctx.run(chosen, [after, outletId, modelId, activityId, ctx.now(), limit])).map(({ id }) => id)

export const AT_ONCE = 500

/** What `mayContact` answers about each of them, in the order given; whoever went meanwhile is left out. */
export async function considered(ctx: Ctx, personIds: readonly string[], channel: MessageChannel): Promise<[string, Considered][]> {
  const answers: [string, Considered][] = []
  for (let at = 0; at < personIds.length; at += AT_ONCE) {
    const part = personIds.slice(at, at + AT_ONCE)
    const found = await mayContactMany(ctx, part, { channel, messageKind: 'advertising' })
    answers.push(...part.flatMap((id): [string, Considered][] => (found.has(id) ? [[id, found.get(id) as Considered]] : [])))
  }
  return answers
}

/** Whoever works at one outlet writes to its clients only. */
export const ownOutlet = (ctx: Ctx, outletId: string | null): string | null => ctx.actor.outletId ?? outletId
