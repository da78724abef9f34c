import { createHmac } from 'node:crypto'
import { ZodError } from 'zod'
import { LeadIntake } from '../../../../contract/crm/lead.ts'
import type { Became } from '../../../../contract/crm/intake.ts'
import { isPgError, Refusal, TryAgain, type Ctx } from '../../../kernel/index.ts'
import { keepMessage, type Original } from '../../leads/keep-message.ts'
import { receiveLead } from '../../leads/receive-lead.ts'

export type Door = { sourceId: string; original: Omit<Original, 'messageId'>; messageId: string }

/**
 * One request through a door: a lead, or a repeat of one, or, when it cannot be read, a message in the tray. A refusal of the request is no
 * refusal of the delivery; only what may pass (a lost database, a vault that restarts) is thrown, and the sender delivers again.
 */
export async function takeIn(ctx: Ctx, door: Door, draft: unknown, said: { externalRef: string | null; isResend: boolean }): Promise<Became> {
  const { sourceId, messageId } = door
  const known = await fateOf(ctx, messageId)
  if (known) return known
  const original = { ...door.original, messageId }
  try {
    const intake = LeadIntake.parse(draft)
    const { leadId, number, isRepeated } = await receiveLead(ctx, { sourceId, intake, original, isResend: said.isResend })
    return { became: isRepeated ? 'repeated' : 'lead', leadId, number, messageId, problem: null, at: null }
  } catch (error) {
    return keepUnparsed(ctx, door, said.externalRef, problemOf(keptTwice(error)))
  }
}

export type Problem = { problem: string; at: string | null }

/** What became of the very same bytes before: a sender that did not hear our answer is told it again, and nothing is kept twice. */
async function fateOf(ctx: Ctx, messageId: string): Promise<Became | null> {
  const row = await ctx.db
    .selectFrom('intakeMessages')
    .leftJoin('leads', 'leads.id', 'intakeMessages.leadId')
    .select(['intakeMessages.leadId', 'intakeMessages.sourceId', 'problem', 'problemAt', 'number'])
    .where('intakeMessages.id', '=', messageId)
    .executeTakeFirst()
  if (!row) return null
  const { leadId, number, problem, problemAt, sourceId } = row
  ctx.audit('message.repeated', { object: { kind: 'message', id: messageId }, details: { sourceId } })
  return leadId === null ? { became: 'unparsed', leadId, number, messageId, problem, at: problemAt } : { became: 'repeated', leadId, number, messageId, problem: null, at: null }
}

/** The original goes into the tray with the code of what could not be read. */
export async function keepUnparsed(ctx: Ctx, { sourceId, original, messageId }: Door, externalRef: string | null, { problem, at }: Problem): Promise<Became> {
  const known = await fateOf(ctx, messageId)
  if (known) return known
  await keepMessage(ctx, {
    sourceId,
    original: { ...original, messageId },
    status: 'unparsed',
    externalRef,
    leadId: null,
    personId: null,
    problem,
    ...(at ? { problemAt: at } : {}),
  }).catch((error: unknown) => {
    throw keptTwice(error)
  })
  ctx.audit('message.kept', { object: { kind: 'message', id: messageId }, details: { sourceId, format: original.format, problem } })
  ctx.live({ kind: 'message', id: messageId, outletId: null, responsibleId: null })
  return { became: 'unparsed', leadId: null, number: null, messageId, problem, at }
}

/** Two deliveries of one message at once: the second looks again and finds the first. */
const keptTwice = (error: unknown): unknown => (isPgError(error) && error.constraint === 'intake_messages_pkey' ? new TryAgain() : error)

/** Refused for what was written, as a code and a place; anything else is thrown on. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ZodError) return { problem: error.issues[0]?.code ?? 'invalid', at: fieldOf(error.issues[0]?.path.map(String).join('.')) }
  if (error instanceof Refusal && (error.code === 'invalid' || error.code === 'no_ground' || error.code === 'restricted')) {
    const [field] = error.fields ?? []
    return { problem: field?.why ?? error.code, at: fieldOf(field?.at) }
  }
  throw error
}

/** A name of the contract; anything longer or stranger came from the sender and may hold anything. */
const fieldOf = (at: string | undefined): string | null => (at && /^[A-Za-z][A-Za-z0-9.]{0,60}$/.test(at) ? at : null)

/** A key of this tenant for references made of people's data: HMAC under the vault's platform key, the same for ever. */
export const referenceKey = (ctx: Ctx): Promise<Buffer> => ctx.vault.loginToken(`reference/${ctx.tenantId}`)

/** The same id for the same bytes at the same source (UUID version 8, RFC 9562 §5.8): a message delivered twice is kept once. */
export function messageIdOf(key: Buffer, parts: readonly (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(`${Buffer.byteLength(part)}:`).update(part)
  const bytes = hmac.digest().subarray(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
