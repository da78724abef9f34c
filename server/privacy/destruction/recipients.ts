import { destructions } from '../../../contract/privacy/destruction.ts'
import { handle, notFound, wrongState, type Ctx } from '../../kernel/index.ts'
import type { Heard } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'

/** Who had been given the data of the destroyed; `toldAt` null: nobody knows that they have heard. */
export type RecipientRow = { id: string; name: string; number: number | null; queuedAt: Date; toldAt: Date | null; how: Heard | null }
const ofAct = statement<RecipientRow>(
  'destruction_recipients',
  `
  select id, recipient name, number, queued_at "queuedAt", told_at "toldAt", how from recipient_notices where tenant_id = $1 and act_id = $2
  order by told_at is not null, recipient, number, id limit 2000`,
)
export const recipientsOfAct = (ctx: Ctx, actId: string): Promise<RecipientRow[]> => ctx.run(ofAct, [actId])

const lock = statement<{ toldAt: Date | null }>(
  'destruction_recipient_lock',
  `select told_at "toldAt" from recipient_notices where tenant_id = $1 and id = $3 and act_id = $2 for update`,
)
const tell = statement('destruction_recipient_tell', `update recipient_notices set told_at = $3, how = 'by_hand' where tenant_id = $1 and id = $2`)

/** The officer told a recipient whom no message of ours reached. What a recipient confirmed themselves stays as it is. */
export const tellRecipient = handle(destructions.tell, async (ctx, { actId, recipientNoticeId }) => {
  const [row] = await ctx.run(lock, [actId, recipientNoticeId])
  if (!row) throw notFound()
  if (row.toldAt) throw wrongState('told')
  await ctx.run(tell, [recipientNoticeId, ctx.now()])
  ctx.audit('destruction.told', { object: { kind: 'destruction_act', id: actId }, details: { recipientNoticeId } })
  return { toldAt: ctx.now().toISOString() }
})
