import type { Ctx } from '../../kernel/index.ts'

export type LetterAbout = 'answered' | 'refused' | 'executed' | 'extended'

/** Adds a letter about a request to this transaction. It carries ids only: its address is opened when it is sent. */
export function queueLetter(ctx: Ctx, about: { requestId: string; personId: string; what: LetterAbout }): void {
  ctx.emit('mail', { letter: 'request', ...about })
  ctx.audit('mail.queued', { persons: [about.personId], object: { kind: 'request', id: about.requestId }, details: { letter: `request ${about.what}` } })
}
