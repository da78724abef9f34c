import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const BATCH = 500
const old = statement<{ id: string }>(
  'cookie_choice_old',
  `select id from cookie_choices where tenant_id = $1 and at < $2::timestamptz - interval '12 months' order by at limit ${BATCH}`,
)

/** The job `sweep-cookie-choices`: a choice is good for a year, and its proof is kept no longer (152-ФЗ art. 5 ч.7): keys first, then rows. */
export async function sweepCookieChoices(ctx: Ctx): Promise<void> {
  const ids = (await ctx.run(old, [ctx.now()])).map(({ id }) => id)
  if (ids.length === 0) return
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, ids, 'term_over')
  await ctx.db.deleteFrom('cookieChoices').where('id', 'in', ids).execute()
  ctx.audit('cookies.forgotten', { details: { choices: ids.length } })
  if (ids.length === BATCH) ctx.emit('sweep-cookie-choices', {}, { key: `sweep-cookie-choices:${ctx.tenantId}` })
}
