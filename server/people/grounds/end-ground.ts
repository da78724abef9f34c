import { persons } from '../../../contract/people/person.ts'
import { handle, notFound, wrongState } from '../../kernel/index.ts'
import { tellPerson, visiblePerson } from '../persons/visible-person.ts'
import { refreshTerm } from './keep-on-ground.ts'

/** The privacy officer ends a ground before its term (152-ФЗ art. 21 ч.3–5). It cannot be undone: a new ground needs a new basis. */
export const endGround = handle(persons.endGround, async (ctx, { personId, groundId, reason }) => {
  const person = await visiblePerson(ctx, personId)
  const ground = await ctx.db.selectFrom('grounds').select(['activityId', 'endedAt']).where('id', '=', groundId).where('personId', '=', personId).forUpdate().executeTakeFirst()
  if (!ground) throw notFound()
  if (ground.endedAt) throw wrongState('ended')
  await ctx.db.updateTable('grounds').set({ endedAt: ctx.now(), endedReason: reason }).where('id', '=', groundId).execute()
  await refreshTerm(ctx, personId)
  const { destroyAfter } = await ctx.db.selectFrom('persons').select('destroyAfter').where('id', '=', personId).executeTakeFirstOrThrow()
  ctx.audit('ground.ended', { persons: [personId], object: { kind: 'ground', id: groundId }, details: { reason, activityId: ground.activityId } })
  tellPerson(ctx, personId, person)
  return { destroyAfter: destroyAfter?.toISOString() ?? null }
})
