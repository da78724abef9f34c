import { log } from '../../../contract/audit/log.ts'
import { handle } from '../../kernel/index.ts'
import { nameStaff } from './actors-of-log.ts'

const MAX_STAFF = 500

/** Also those who have left: what they did stays in the log. */
export const listLogStaff = handle(log.staff, async (ctx) => {
  const staff = await ctx.db.selectFrom('employees').select(['id', 'personId', 'position']).orderBy('isActive', 'desc').orderBy('id').limit(MAX_STAFF).execute()
  return { actors: await nameStaff(ctx, staff) }
})
