import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type Original = { format: 'adf' | 'json' | 'row' | 'mail'; bytes: Buffer; notices?: string[]; messageId?: string }

const keep = statement(
  'message_keep',
  `
  insert into intake_messages (tenant_id, id, source_id, format, status, problem, problem_at, notices, external_ref, lead_id, person_id, key_id, payload, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
)

type Kept = {
  sourceId: string
  original: Original
  status: 'accepted' | 'repeated' | 'unparsed'
  externalRef: string | null
  leadId: string | null
  personId: string | null
  problem?: string
  problemAt?: string
}
/** The original, sealed under a key of its own, parsed or not: nothing that came to a door is dropped. Returns its id. */
export const keepMessage = async (ctx: Ctx, { original, ...message }: Kept): Promise<string> => storeMessage(ctx, message, await sealOriginal(ctx, original))

export type SealedOriginal = { id: string; keyId: string; payload: Buffer; format: Original['format']; notices: string[] }

export async function sealOriginal(ctx: Ctx, { format, bytes, notices = [], messageId = ctx.newId() }: Original): Promise<SealedOriginal> {
  return { ...(await ctx.vault.sealRecord(ctx.asker, ctx.tenantId, messageId, bytes)), id: messageId, format, notices }
}

export async function storeMessage(ctx: Ctx, message: Omit<Kept, 'original'>, { id, keyId, payload, format, notices }: SealedOriginal): Promise<string> {
  await ctx.run(keep, [
    id,
    message.sourceId,
    format,
    message.status,
    message.problem ?? null,
    message.problemAt ?? null,
    notices,
    message.externalRef,
    message.leadId,
    message.personId,
    keyId,
    payload,
    ctx.now(),
  ])
  return id
}
