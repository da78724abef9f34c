import { register } from '../../../contract/people/register.ts'
import { handle, notFound, saidIn, stale } from '../../kernel/index.ts'

/** Changes a line of the register. Grounds that run keep the term they were given; new ones follow the new line. */
export const editActivity = handle(register.edit, async (ctx, { activityId, version, ...asked }) => {
  const line = await ctx.db.selectFrom('activities').selectAll().where('id', '=', activityId).forUpdate().executeTakeFirst()
  if (!line) throw notFound()
  if (line.version !== version) {
    const { name, retentionDays, countsFromYearEnd, retentionFrom, legalRef, destruction, purposes, bases, classes } = line
    throw stale({ version: line.version, name, retentionDays, countsFromYearEnd, retentionFrom, legalRef, destruction, purposes, bases, classes })
  }
  const { change, changed } = saidIn(asked, 'name')
  await ctx.db
    .updateTable('activities')
    .set({ ...change, version: version + 1 })
    .where('id', '=', activityId)
    .execute()
  ctx.audit('activity.edited', { object: { kind: 'activity', id: activityId }, details: { code: line.code, changed, version: version + 1 } })
  return { id: activityId, version: version + 1 }
})
