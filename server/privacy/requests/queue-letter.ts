import type { Ctx } from '../../kernel/index.ts'

export type LetterAbout = 'answered' | 'refused' | 'executed' | 'extended'

/**
 * Adds a letter about a request to this transaction, by the one door of messages to clients: what the law owes goes out also under a restriction. It carries
 * ids only; its address is opened when it is sent.
 */
export function queueLetter(ctx: Ctx, { requestId, personId, what }: { requestId: string; personId: string; what: LetterAbout }): void {
  ctx.emit('service-letter', { messageId: ctx.newId(), personId, purpose: 'rights', letter: 'request', payload: { requestId, what } })
  ctx.audit('mail.queued', { persons: [personId], object: { kind: 'request', id: requestId }, details: { letter: `request ${what}` } })
}
