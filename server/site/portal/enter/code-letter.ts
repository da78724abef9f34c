import { z } from 'zod'
import { CODE_MINUTES } from '../../../../contract/site/portal.ts'
import { portalLetters as english } from '../../../../i18n/en/portal-letters.ts'
import { portalLetters as russian } from '../../../../i18n/ru/portal-letters.ts'
import type { Letter } from '../../../identity/index.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { Revealed } from '../../../vault/index.ts'
import { makeCode } from './make-code.ts'

/** The payload of the job that carries a code: the number of the challenge, nothing of the person. */
const CodeMail = z.object({ challengeId: z.uuid(), language: z.enum(['ru', 'en']) })
const wordsOf = (language: 'ru' | 'en') => (language === 'ru' ? russian : english).code

/** The letter with a one-time code; null when there is nothing to send any more. It holds no name: whoever reads it may be somebody else. */
export async function codeLetter(ctx: Ctx, payload: unknown): Promise<Letter | null> {
  const { challengeId, language } = CodeMail.parse(payload)
  const made = await makeCode(ctx, challengeId)
  const to = made?.address.emails[0]
  if (!made || !to) return null
  const words = wordsOf(language)
  // A line break in a name would begin a header of its own.
  const company = made.company.replace(/\s+/g, ' ').slice(0, 120)
  return { to: new Revealed(to), subject: words.subject(company), text: words.text({ company, code: made.code, minutes: CODE_MINUTES }) }
}

/** The same as a short message to a phone. */
export async function codeMessage(ctx: Ctx, payload: unknown): Promise<{ to: Revealed<string>; text: string } | null> {
  const { challengeId, language } = CodeMail.parse(payload)
  const made = await makeCode(ctx, challengeId)
  const to = made?.address.phones[0]
  if (!made || !to) return null
  return { to: new Revealed(to), text: wordsOf(language).message({ company: made.company.slice(0, 40), code: made.code, minutes: CODE_MINUTES }) }
}
