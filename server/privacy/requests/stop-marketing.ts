import { evidenceOf, objectToAll } from '../../consent/index.ts'
import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { closeRequest } from './close-request.ts'
import { oneRequest } from './request-row.ts'

export type Said = { personId: string; how: 'portal' | 'staff_call' | 'staff_paper' }

/** Every advertising consent is withdrawn and every address objected to on every channel. Who says so on their own page leaves the proof of where and by what device. */
export const objectAsSaid = (ctx: Ctx, { personId, how }: Said): Promise<ConsentKind[]> =>
  objectToAll(ctx, { personId, how, ...(how === 'portal' ? { place: 'portal:request', evidence: evidenceOf(ctx) } : {}) })

/** A demand for that alone is carried out in the transaction that writes it down. */
export async function stopMarketing(ctx: Ctx, { requestId, ...said }: Said & { requestId: string }): Promise<void> {
  const withdrawn = await objectAsSaid(ctx, said)
  await closeRequest(ctx, await oneRequest(ctx, requestId), { state: 'executed', details: { consents: withdrawn.length } })
}
