import { companyZone } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { dateIn } from '../../platform/calendar/zone.ts'

/** Today as the company reads it from the wall: terms are counted in days, and a day belongs to a zone. */
export const companyToday = async (ctx: Ctx): Promise<string> => dateIn(await companyZone(ctx), ctx.now())
