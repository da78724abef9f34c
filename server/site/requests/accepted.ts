import { z } from 'zod'
import { Refusal, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { markPolicy } from '../../privacy/index.ts'
import type { Language } from '../pages/layout.ts'
import { queueConfirmation } from './confirm-letter.ts'

type Noted = { leadId: string; language: Language; campaign: string | null; at: Date }
const note = statement<{ leadId: string }>(
  'site_request_note',
  `insert into site_requests (tenant_id, lead_id, language, campaign, at) values ($1, $2, $3, $4, $5) on conflict (tenant_id, lead_id) do nothing returning lead_id "leadId"`,
)

/** In which language somebody asked and what brought them. False: it was noted before. */
export const noteRequest = async (ctx: Ctx, { leadId, language, campaign, at }: Noted): Promise<boolean> => (await ctx.run(note, [leadId, language, campaign, at])).length > 0

const OnceAccepted = z.object({
  language: z.enum(['ru', 'en']),
  campaign: z.string().nullable(),
  policyVersion: z.number().int().nullable(),
  /** They left an e-mail to be confirmed to. */
  isConfirmed: z.boolean(),
})
/** What a request that waits for a human will need once it is taken in, besides its consents. */
export type OnceAccepted = z.output<typeof OnceAccepted>
const Accepted = OnceAccepted.extend({ leadId: z.uuid(), personId: z.uuid(), at: z.iso.datetime() })

/** The job `site-accepted`: a request that looked like a machine's was none; it gets its note, the mark of the policy and its confirmation, once. */
export async function onAccepted(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId, personId, language, campaign, policyVersion, isConfirmed, at } = Accepted.parse(payload)
  if (!(await noteRequest(ctx, { leadId, language, campaign, at: new Date(at) }))) return
  if (policyVersion !== null) await markPolicy(ctx, { personId, version: policyVersion, at: new Date(at) }).catch(unlessUnknown)
  if (isConfirmed) await queueConfirmation(ctx, { personId, leadId, language })
}

/** A machine may have typed a version that never was. */
function unlessUnknown(error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'not_found') throw error
}
