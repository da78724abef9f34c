import { invitationLetter, type Letter } from './identity/index.ts'
import type { Ctx, LongJob } from './kernel/index.ts'
import { testLetter, type ServiceLetters } from './mailing/index.ts'
import { RefusedForGood } from './platform/mail/delivery.ts'
import type { Mailer } from './platform/mail/mailer.ts'
import type { Sms } from './platform/sms/sms.ts'
import { blockLetter, farewellLetter, isFarewellSettled, requestLetter, requestUnsent, settleFarewell } from './privacy/index.ts'
import { codeLetter, codeMessage, confirmLetter } from './site/index.ts'
import { Revealed } from './vault/index.ts'

type Compose = (ctx: Ctx, payload: unknown, publicUrl: string) => Promise<Letter | null>
type ComposeShort = (ctx: Ctx, payload: unknown) => Promise<{ to: Revealed<string>; text: string } | null>

/**
 * Letters to colleagues, and codes to an address that somebody has just named themself: by the word in their job's payload. Each opens its address
 * when it is sent, not before. Messages to clients are none of these: they leave by the door of mailing, see `serviceLetters`.
 */
const letters: Record<string, Compose> = {
  invitation: invitationLetter,
  'portal-code': codeLetter,
  'request-destroyed': farewellLetter,
  'block-term': blockLetter,
  'mailing-test': testLetter,
}
/** The same to a phone. */
const shortMessages: Record<string, ComposeShort> = { 'portal-code': codeMessage }

/**
 * What the product itself writes to clients about their own business, by its code: `queueService(ctx, { letter: 'code', … })` of mailing, or the job
 * `service-letter` from a module beside it. Whether it may be sent is asked at the moment of sending (ServiceLetter says when the law overrules).
 */
export const serviceLetters: ServiceLetters = { request: { purpose: 'rights', compose: requestLetter, unsent: requestUnsent }, 'site-request': confirmLetter }

/**
 * The job `mail`: composes a letter in one unit of work (so the look at the address is on the record), then sends it. Nothing to send any more
 * is no failure. Tried again, the letter has the same Message-ID.
 */
export const mailJob =
  ({ mailer, publicUrl }: { mailer: Mailer; publicUrl: string }): LongJob =>
  async (act, payload, { jobId, attempt, maxAttempts }) => {
    const compose = typeof payload.letter === 'string' && Object.hasOwn(letters, payload.letter) ? letters[payload.letter] : undefined
    if (!compose) throw new Error('a letter of an unknown kind')
    const letter = await act((ctx) => compose(ctx, payload, publicUrl))
    if (!letter) return
    // The only place where such an address leaves the process: to the mail server, under the purpose the letter was composed for.
    const sent = mailer.send({ to: Revealed.open(letter.to), subject: letter.subject, text: letter.text, reference: referenceOf(jobId, payload) })
    if (payload.letter !== FAREWELL) return sent
    const requestId = String(payload.requestId)
    try {
      await sent
    } catch (error) {
      const isOver = attempt >= maxAttempts || error instanceof RefusedForGood || (await act((ctx) => isFarewellSettled(ctx, requestId)))
      if (!isOver) throw error
      return act((ctx) => settleFarewell(ctx, requestId, 'untold'))
    }
    return act((ctx) => settleFarewell(ctx, requestId, 'told'))
  }

/** Its job holds the sealed address of somebody who is destroyed: given up, it must not lie among the failed ones for ever. */
const FAREWELL = 'request-destroyed'

/** The job `sms`: the same through the gateway. */
export const smsJob =
  (sms: Sms): LongJob =>
  async (act, payload, { jobId }) => {
    const compose = typeof payload.letter === 'string' && Object.hasOwn(shortMessages, payload.letter) ? shortMessages[payload.letter] : undefined
    if (!compose) throw new Error('a message of an unknown kind')
    const message = await act((ctx) => compose(ctx, payload))
    if (message) await sms.send({ to: Revealed.open(message.to), text: message.text, reference: referenceOf(jobId, payload) })
  }

const referenceOf = (jobId: string, payload: Record<string, unknown>): string => `letter-${jobId}-${String(payload.tenantId).slice(0, 8)}`
