import { z } from 'zod'
import { consentKinds } from '../../../../contract/consent/consent.ts'
import type { LeadIntake } from '../../../../contract/crm/lead.ts'
import { readEvents, recordAtDoor, stateOf } from '../../../consent/index.ts'
import { Refusal, type Ctx } from '../../../kernel/index.ts'
import { contactFromDraft } from '../../../people/index.ts'
import { Revealed, type Contact } from '../../../vault/index.ts'

/**
 * What a visitor agreed to in a request that a human must look at first: the boxes they ticked, the page, and what their browser told at that moment. It
 * lies sealed inside the original, is shown to nobody, and counts for nothing until the request is accepted. `after`: what the site is told then, ids and codes.
 */
const HeldWords = z.object({
  place: z.string(),
  evidence: z.object({ address: z.string(), agent: z.string() }),
  words: z.array(z.object({ kind: z.enum(consentKinds), textId: z.uuid() })),
  after: z.record(z.string(), z.unknown()).default({}),
})
export type HeldWords = z.output<typeof HeldWords>
/** `theirs`: the words are of whoever has one of these addresses. */
type Opened = HeldWords & { theirs: Pick<Contact, 'phones' | 'emails'> }

/** The bytes of an original that holds such words. */
export const withHeldWords = (original: object, held: HeldWords): Buffer => Buffer.from(JSON.stringify({ ...original, held }))

/** The same as a colleague reads it. */
export function withoutHeldWords(bytes: Buffer): Buffer {
  const { held: _sealed, ...original } = JSON.parse(bytes.toString('utf8')) as Record<string, unknown>
  return Buffer.from(JSON.stringify(original))
}

/** Null where there are none: every other message, and what was kept before words were. */
export async function openHeldWords(ctx: Ctx, messageId: string, problem: string | null): Promise<Opened | null> {
  if (problem !== 'suspected_spam') return null
  const original = await ctx.vault.openRecord(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, recordId: messageId, door: ctx.door })
  const { held, contact } = JSON.parse(Revealed.open(original).toString('utf8')) as { held?: unknown; contact: LeadIntake['contact'] }
  const { data } = HeldWords.safeParse(held)
  return data ? { ...data, theirs: contactFromDraft(contact) } : null
}

/** Whoever accepts may put the addresses right; if none of them is left, it is somebody else who has agreed to nothing. */
export function areOf(held: Opened, contact: LeadIntake['contact']): boolean {
  const { phones, emails } = contactFromDraft(contact)
  return held.theirs.phones.some(({ e164 }) => phones.some((one) => one.e164 === e164)) || held.theirs.emails.some(({ address }) => emails.some((one) => one.address === address))
}

type Accepted = { personId: string; saidAt: Date; consentEventId: string }
/**
 * The words become what they would have been at once: as of the moment they were said, so that every "no" since then stands above them. Refuses (`no_ground`)
 * when the consent to the request itself was taken back meanwhile, or is past its term: nothing may be taken in on it any more.
 */
export async function recordHeldWords(ctx: Ctx, held: HeldWords, { personId, saidAt, consentEventId }: Accepted): Promise<void> {
  const words = held.words.map(({ kind, textId }) => ({ kind, textId, state: 'given' as const, ...(kind === 'request' ? { eventId: consentEventId } : {}) }))
  await recordAtDoor(ctx, { personId, words, how: 'site', place: held.place, evidence: held.evidence, saidAt })
  if (stateOf('request', await readEvents(ctx, personId, ['request']), ctx.now()).state !== 'given') throw new Refusal('no_ground')
}
