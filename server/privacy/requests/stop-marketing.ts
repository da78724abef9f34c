import { evidenceOf, objectToAll } from '../../consent/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { closeRequest } from './close-request.ts'
import { oneRequest } from './request-row.ts'

/** Every advertising consent is withdrawn and every address objected to on every channel, in the transaction that writes the demand down. */
export async function stopMarketing(ctx: Ctx, { requestId, personId, how }: { requestId: string; personId: string; how: 'portal' | 'staff_call' | 'staff_paper' }): Promise<void> {
  const withdrawn = await objectToAll(ctx, { personId, how, ...(how === 'portal' ? atThePortal(ctx) : {}) })
  await closeRequest(ctx, await oneRequest(ctx, requestId), { state: 'executed', details: { consents: withdrawn.length } })
}

/** Where and by what device a person said so on their own page, for the proof. */
export const atThePortal = (ctx: Ctx) => ({ place: 'portal:request', evidence: evidenceOf(ctx) })
