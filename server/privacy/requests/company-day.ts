import type { Ctx } from '../../kernel/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'

const MOSCOW = 'Europe/Moscow'

/** Today as the company's first outlet reads it from the wall: terms are counted in days, and a day belongs to a zone. */
export async function companyToday(ctx: Ctx): Promise<string> {
  const outlet = await ctx.db.selectFrom('outlets').select('timeZone').orderBy('createdAt').orderBy('id').limit(1).executeTakeFirst()
  return dateIn(outlet?.timeZone ?? MOSCOW, ctx.now())
}
