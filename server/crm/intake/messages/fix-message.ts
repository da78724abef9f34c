import { intake } from '../../../../contract/crm/intake.ts'
import { handle } from '../../../kernel/index.ts'
import { receiveLead } from '../../leads/receive-lead.ts'
import { areOf, openHeldWords, recordHeldWords } from './held-words.ts'
import { lockMessage, tellOfMessage } from './message-row.ts'

/**
 * A person has read what the machine could not: the lead is made as if the door had understood. Its number is the message's, so that pressing twice makes one
 * lead. What a visitor agreed to in a request that looked like a machine's is written down now, once, as they said it then.
 */
export const resubmitMessage = handle(intake.resubmit, async (ctx, { messageId, version, intake: draft }) => {
  const message = await lockMessage(ctx, messageId, version, 'unparsed')
  const externalRef = draft.externalRef ?? message.externalRef?.slice(0, 200) ?? `message:${messageId}`
  const opened = await openHeldWords(ctx, messageId, message.problem)
  const held = opened && areOf(opened, draft.contact) ? opened : null
  const consentEventId = ctx.newId()
  const { leadId, number, personId, isRepeated } = await receiveLead(ctx, {
    sourceId: message.sourceId,
    intake: { ...draft, externalRef },
    isSecondHand: true,
    ...(held ? { ground: { basis: 'consent', evidence: { consentEventId } } } : {}),
  })
  if (held && !isRepeated) {
    await recordHeldWords(ctx, held, { personId, saidAt: message.receivedAt, consentEventId })
    ctx.emit('site-accepted', { ...held.after, leadId, personId, at: message.receivedAt.toISOString() })
  }
  await ctx.db
    .updateTable('intakeMessages')
    .set({ status: 'resubmitted', leadId, personId, externalRef, version: version + 1 })
    .where('id', '=', messageId)
    .execute()
  ctx.audit('message.resubmitted', { persons: [personId], object: { kind: 'message', id: messageId }, details: { leadId } })
  tellOfMessage(ctx, messageId)
  return { leadId, number, isRepeated, version: version + 1 }
})

/** Put aside with a reason. The original stays and can be opened; `restore` brings it back. */
export const discardMessage = handle(intake.discard, async (ctx, { messageId, version, reason }) => {
  await lockMessage(ctx, messageId, version, 'unparsed')
  await ctx.db
    .updateTable('intakeMessages')
    .set({ status: 'discarded', discardedBecause: reason, version: version + 1 })
    .where('id', '=', messageId)
    .execute()
  ctx.audit('message.discarded', { object: { kind: 'message', id: messageId }, details: { reason } })
  tellOfMessage(ctx, messageId)
  return { id: messageId, version: version + 1 }
})

export const restoreMessage = handle(intake.restore, async (ctx, { messageId, version }) => {
  await lockMessage(ctx, messageId, version, 'discarded')
  await ctx.db
    .updateTable('intakeMessages')
    .set({ status: 'unparsed', discardedBecause: null, version: version + 1 })
    .where('id', '=', messageId)
    .execute()
  ctx.audit('message.restored', { object: { kind: 'message', id: messageId } })
  tellOfMessage(ctx, messageId)
  return { id: messageId, version: version + 1 }
})
