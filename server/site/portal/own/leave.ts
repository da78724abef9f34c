import { own } from '../../../../contract/site/own.ts'
import { handle } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'

const end = statement('own_leave', 'update portal_sessions set ended_at = $3 where tenant_id = $1 and id = $2 and ended_at is null')

export const leaveOwn = handle(own.leave, async (ctx) => {
  await ctx.run(end, [ctx.actor.id, ctx.now()])
  ctx.audit('portal.left', { persons: ctx.actor.persons })
  ctx.cookie.clear('own')
  return { left: true as const }
})
