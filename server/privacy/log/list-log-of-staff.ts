import { log } from '../../../contract/audit/log.ts'
import { handle, notFound } from '../../kernel/index.ts'
import { nameStaff } from './actors-of-log.ts'
import { pageOfLog } from './read-log.ts'

export const listLogOfStaff = handle(log.ofStaff, async (ctx, { employeeId, ...filter }) => {
  const employee = await ctx.db.selectFrom('employees').select(['id', 'personId', 'position']).where('id', '=', employeeId).executeTakeFirst()
  if (!employee) throw notFound()
  return { ...(await pageOfLog(ctx, { ...filter, actorId: employeeId })), actors: await nameStaff(ctx, [employee]) }
})
