import { objectToAll } from '../../consent/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { closeRequest } from './close-request.ts'
import { oneRequest } from './request-row.ts'

/** Every advertising consent is withdrawn and every address objected to on every channel, in the transaction that writes the demand down. */
export async function stopMarketing(ctx: Ctx, { requestId, personId, how }: { requestId: string; personId: string; how: 'portal' | 'staff_call' | 'staff_paper' }): Promise<void> {
  const withdrawn = await objectToAll(ctx, { personId, how })
  await closeRequest(ctx, await oneRequest(ctx, requestId), { state: 'executed', details: { consents: withdrawn.length } })
}
