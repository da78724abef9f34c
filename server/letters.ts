import { invitationLetter, type Letter } from './identity/index.ts'
import type { LongJob } from './jobs.ts'
import type { Ctx } from './kernel/index.ts'
import type { Mailer } from './platform/mail/mailer.ts'
import { codeLetter } from './site/index.ts'
import { Revealed } from './vault/index.ts'

type Compose = (ctx: Ctx, payload: unknown, publicUrl: string) => Promise<Letter | null>

/** Every letter the product sends, by the word in its job's payload. Each opens its address by the vault when it is sent, not before. */
const letters: Record<string, Compose> = { invitation: invitationLetter, 'portal-code': codeLetter }

/**
 * The job `mail`: composes a letter in one unit of work (so the look at the address is on the record), then sends it. Nothing to send any more
 * is no failure. Tried again, the letter has the same Message-ID.
 */
export const mailJob =
  ({ mailer, publicUrl }: { mailer: Mailer; publicUrl: string }): LongJob =>
  async (act, payload, { jobId }) => {
    const compose = typeof payload.letter === 'string' && Object.hasOwn(letters, payload.letter) ? letters[payload.letter] : undefined
    if (!compose) throw new Error('a letter of an unknown kind')
    const letter = await act((ctx) => compose(ctx, payload, publicUrl))
    if (!letter) return
    // The only place where an address leaves the process: to the mail server, under the purpose the letter was composed for.
    await mailer.send({ to: Revealed.open(letter.to), subject: letter.subject, text: letter.text, reference: `letter-${jobId}-${String(payload.tenantId).slice(0, 8)}` })
  }
