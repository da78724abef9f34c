import { z } from 'zod'
import { extensionReasons } from '../../../contract/privacy/request.ts'
import { requestLetters as t } from '../../../i18n/ru/request-letters.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { oneRequest, refusalOf } from './request-row.ts'

const MAX_SUBJECT = 200
const About = z.object({ requestId: z.uuid(), what: z.enum(['answered', 'refused', 'executed', 'extended']) })
const Extension = z.object({ reason: z.enum(extensionReasons), extendedTo: z.iso.date() })

const extension = statement<{ details: unknown }>(
  'request_letter_extension',
  `select details from request_events where tenant_id = $1 and request_id = $2 and kind = 'extended' order by at desc limit 1`,
)
const page = statement<{ slug: string }>('request_letter_page', 'select slug from site_slugs where tenant_id = $1')

type Asked = { personId: string; payload: Record<string, unknown>; publicUrl: string; words: { company: string } }

/**
 * What is written to the person about their request; null when there is nothing to say any more. It speaks Russian, as the law's own notices do, and holds nothing
 * of what is held: only that there is an answer, until when, with which reasons, and the address of the person's page.
 */
export async function requestLetter(ctx: Ctx, { personId, payload, publicUrl, words }: Asked): Promise<{ subject: string; text: string } | null> {
  const { requestId, what } = About.parse(payload)
  const row = await oneRequest(ctx, requestId)
  if (row.personId !== personId) return null
  const [site] = await ctx.run(page)
  const said = { company: words.company, number: row.number, kind: row.kind, receivedOn: row.receivedOn, link: site ? `${publicUrl}/site/${site.slug}/my` : null }
  const subject = t.subject(row.number, words.company).slice(0, MAX_SUBJECT)
  if (what === 'answered' || what === 'executed') return { subject, text: t[what](said) }
  if (what === 'extended') {
    const [event] = await ctx.run(extension, [requestId])
    return { subject, text: t.extended(said, Extension.parse(event?.details)) }
  }
  const refusal = refusalOf(row)
  return refusal && { subject, text: t.refused(said, refusal) }
}
