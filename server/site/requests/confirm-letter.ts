import { z } from 'zod'
import { siteLetters as english } from '../../../i18n/en/site-letters.ts'
import { siteLetters as russian } from '../../../i18n/ru/site-letters.ts'
import type { Language } from '../pages/layout.ts'
import { momentText } from '../pages/say.ts'
import type { Ctx } from '../../kernel/index.ts'
import { queueService, type ServiceLetter } from '../../mailing/index.ts'
import { portalLink } from '../portal/index.ts'
import { takenOf } from './taken.ts'

const LETTER = 'site-request'
const About = z.object({ leadId: z.uuid(), language: z.enum(['ru', 'en']) })

type Queued = { personId: string; leadId: string; language: Language; addressToken?: Buffer }
/** Queues the confirmation; without the hash of an address, to the person's first. */
export async function queueConfirmation(ctx: Ctx, { personId, leadId, language, ...to }: Queued): Promise<void> {
  await queueService(ctx, { personId, purpose: 'request_handling', letter: LETTER, payload: { leadId, language }, ...to })
}

/**
 * The same to the very address that was typed. It goes out only when that address is the person's own on record: whoever writes a stranger's phone and an
 * e-mail of their own gets no way to the stranger's page.
 */
export async function confirmTo(ctx: Ctx, email: string, { personId, leadId }: { personId: string; leadId: string }): Promise<void> {
  const { emails } = await ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { emails: [email], phones: [], door: ctx.door })
  const [token] = emails
  if (token) await queueConfirmation(ctx, { personId, leadId, language: ctx.caller.language, addressToken: Buffer.from(token, 'base64') })
}

/** "Your request has come in": what was asked, its number, who answers by when, and a way to the person's own page. */
export const confirmLetter: ServiceLetter = {
  purpose: 'request_handling',
  compose: async (ctx, { personId, payload, publicUrl, words: { name, company } }) => {
    const { leadId, language } = About.parse(payload)
    const taken = await takenOf(ctx, leadId)
    if (!taken || taken.number === null || taken.interest === null) return null
    const link = await portalLink(ctx, { personId })
    const words = (language === 'ru' ? russian : english).request
    const { number, interest, model, answerBy, timeZone } = taken
    return {
      subject: words.subject({ company, number }),
      text: words.text({
        name,
        company,
        number,
        interest,
        model,
        answerBy: answerBy && momentText(language, new Date(answerBy), timeZone),
        link: link && `${publicUrl}${link.path}`,
      }),
    }
  },
}
