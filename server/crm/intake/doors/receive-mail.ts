import { simpleParser } from 'mailparser'
import type { Became } from '../../../../contract/crm/intake.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { findAdf } from '../adf/find-adf.ts'
import { MAX_PROSPECTS, receiveAdf } from './receive-adf.ts'
import { keepUnparsed, messageIdOf, referenceKey } from './take-in.ts'

/** What the parser is spared: nobody shows this HTML, and links are not looked for. */
export const parserOptions = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true } as const

export type ReadMail = { documents: (string | Uint8Array)[]; isReadable: boolean; reference: string }

/** Looks for ADF in a message (RFC 5322, MIME). Never throws for what was sent: an unreadable message is kept as it is. */
export async function readMail(raw: Buffer): Promise<ReadMail> {
  try {
    const mail = await simpleParser(raw, parserOptions)
    const found = findAdf({ text: mail.text, html: mail.html, attachments: mail.attachments })
    return { documents: found.map(({ content }) => content), isReadable: true, reference: mail.messageId ?? '' }
  } catch {
    return { documents: [], isReadable: false, reference: '' }
  }
}

/** Headers change on the way (Received, and the order of relays); number and body of a message do not. */
function bodyOf(raw: Buffer): Buffer {
  const at = raw.indexOf('\r\n\r\n')
  return at === -1 ? raw : raw.subarray(at)
}

/**
 * A message to the secret address of a source. With ADF, in one document or several: its leads; without: a message in the tray for a person to read. The same message
 * delivered again (a sender that did not hear our answer, a mailbox read twice) changes nothing and answers with nothing.
 */
export async function receiveMail(ctx: Ctx, { sourceId, raw, mail }: { sourceId: string; raw: Buffer; mail: ReadMail }): Promise<Became[]> {
  const key = await referenceKey(ctx)
  const idOf = (index: number): string => messageIdOf(key, ['mail', sourceId, mail.reference, bodyOf(raw), String(index)])
  const known = await ctx.db.selectFrom('intakeMessages').select('id').where('id', '=', idOf(0)).executeTakeFirst()
  if (known) return []
  const original = { format: 'mail', bytes: raw } as const
  const { documents } = mail
  const unparsed = async (problem: string): Promise<Became[]> => [await keepUnparsed(ctx, { sourceId, original, messageId: idOf(0) }, null, { problem, at: null })]
  if (documents.length === 0) return unparsed(mail.isReadable ? 'no_adf' : 'mail_unreadable')
  if (documents.length > MAX_PROSPECTS) return unparsed('too_many_prospects')
  const notices = documents.length > 1 ? ['several_documents'] : []
  const became: Became[] = []
  for (const [place, document] of documents.entries())
    became.push(...(await receiveAdf(ctx, { sourceId, document, original, notices, idOf: (index) => idOf(place * MAX_PROSPECTS + index) })).results)
  return became
}
