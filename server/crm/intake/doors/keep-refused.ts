import type { Ctx } from '../../../kernel/index.ts'
import { keepUnparsed, messageIdOf, referenceKey } from './take-in.ts'

/**
 * A JSON body that cannot be read, that the contract refuses or that nothing in the register allows is kept as it came for a person to read, once
 * however often it is sent. The sender is told the fields and the message's id. Answers null when the company has no source to keep it under.
 */
export async function keepRefusedJson(ctx: Ctx, body: Record<string, unknown>, fields: readonly { at: string; why: string }[]): Promise<string | null> {
  const code = typeof body.sourceCode === 'string' ? body.sourceCode : ''
  const sources = await ctx.db.selectFrom('leadSources').select(['id', 'code', 'channel']).where('isActive', '=', true).orderBy('code').limit(200).execute()
  const source = sources.find((each) => each.code === code) ?? sources.find(({ channel }) => channel === 'api') ?? sources[0]
  if (!source) return null
  const bytes = ctx.caller.bytes ?? Buffer.from(JSON.stringify(body))
  const messageId = messageIdOf(await referenceKey(ctx), ['json', source.id, bytes])
  const known = await ctx.db.selectFrom('intakeMessages').select('id').where('id', '=', messageId).executeTakeFirst()
  if (known) return messageId
  const [field] = fields
  const at = field && /^[A-Za-z][A-Za-z0-9.]{0,60}$/.test(field.at) ? field.at : null
  await keepUnparsed(ctx, { sourceId: source.id, original: { format: 'json', bytes }, messageId }, null, { problem: field?.why ?? 'invalid', at })
  return messageId
}
