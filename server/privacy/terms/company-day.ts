import type { Ctx } from '../../kernel/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'

const MOSCOW = 'Europe/Moscow'

/** Of the company's first outlet: terms are counted in days, and a day belongs to a zone. */
export async function companyZone(ctx: Ctx): Promise<string> {
  const outlet = await ctx.db.selectFrom('outlets').select('timeZone').orderBy('createdAt').orderBy('id').limit(1).executeTakeFirst()
  return outlet?.timeZone ?? MOSCOW
}

/** Today as the company reads it from the wall. */
export const companyToday = async (ctx: Ctx): Promise<string> => dateIn(await companyZone(ctx), ctx.now())
