const SEARCHED_BYTES = 1024 * 1024

/** What mail gives: the plain text, the HTML and the attachments of a message, already decoded from their transfer encoding. */
export type MailParts = {
  text?: string | undefined
  html?: string | false | undefined
  attachments: { filename?: string | undefined; contentType: string; content: Uint8Array }[]
}

export type FoundAdf = { content: string | Uint8Array; from: 'text' | 'html' | 'attachment' }

/**
 * Every ADF document in a message: in the plain text (as it is, or with its brackets escaped) and in .xml or .adf attachments (base64 once more if the
 * sender did so); in the HTML, which says once more what the text says, only when there is none elsewhere. One that is attached and written is one.
 * Not parsed yet and not to be trusted. Looks at the first mebibyte of each part; linear in it.
 */
export function findAdf(mail: MailParts): FoundAdf[] {
  const found: FoundAdf[] = []
  const text = inText((mail.text ?? '').slice(0, SEARCHED_BYTES))
  if (text) found.push({ content: text, from: 'text' })
  for (const { filename, contentType, content } of mail.attachments) {
    if (!/\.(?:xml|adf|txt)$/i.test(filename ?? '') && !/xml|adf/i.test(contentType)) continue
    const attached = inBytes(content)
    if (attached) found.push({ content: attached, from: 'attachment' })
  }
  if (found.length > 0) return distinct(found)
  const html = inText(textOf((mail.html || '').slice(0, SEARCHED_BYTES))) ?? inText((mail.html || '').slice(0, SEARCHED_BYTES))
  return html ? [{ content: html, from: 'html' }] : []
}

/** Transport changes the ends of lines and what stands around a document, never its words. */
function distinct(found: readonly FoundAdf[]): FoundAdf[] {
  const words = ({ content }: FoundAdf): string => (cutOut(typeof content === 'string' ? content : Buffer.from(content).toString('utf8')) ?? '').replace(/\s+/g, ' ')
  const bytes = ({ content }: FoundAdf): string => Buffer.from(content).toString('latin1')
  return [...new Map(found.map((each) => [words(each) || bytes(each), each] as const).toReversed()).values()].toReversed()
}

function inText(text: string): string | null {
  return cutOut(text) ?? (/&lt;\/(?:[\w-]{1,20}:)?adf/i.test(text) ? cutOut(unescape(text)) : null)
}

/** From the declaration (or a DOCTYPE, which must reach the parser to be refused) to the end of the root. */
function cutOut(text: string): string | null {
  const root = /<(?:[\w-]{1,20}:)?adf[\s>]/i.exec(text)
  if (!root) return null
  const declaration = /<\?xml\s|<\?adf\s|<!doctype/i.exec(text)
  const start = declaration && declaration.index < root.index ? declaration.index : root.index
  let end = text.length
  for (const close of text.matchAll(/<\/(?:[\w-]{1,20}:)?adf\s{0,9}>/gi)) end = close.index + close[0].length
  return text.slice(start, end)
}

function inBytes(content: Uint8Array): Uint8Array | null {
  if (content.byteLength > SEARCHED_BYTES) return null
  // UTF-16 has a zero in every Latin letter; without them the same search works for it.
  const letters = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1').replaceAll('\0', '')
  const isAdf = (text: string) => /<(?:[\w-]{1,20}:)?adf[\s>]/i.test(text)
  const text = letters(content)
  if (isAdf(text)) return content
  if (!/^[\w+/=\s-]*$/.test(text)) return null
  const decoded = Buffer.from(text, 'base64')
  return isAdf(letters(decoded)) ? decoded : null
}

const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#34;': '"', '&apos;': "'", '&#39;': "'", '&nbsp;': ' ', '&#160;': ' ', '&amp;': '&' }

/** One level of escaping only, so that what the sender escaped inside the document stays escaped. */
function unescape(text: string): string {
  return text.replace(/&(?:lt|gt|quot|apos|nbsp|amp|#34|#39|#160);/g, (entity) => entities[entity] ?? entity)
}

/** The words of an HTML part whose document is shown as text: tags go, escapes stay for `inText`. */
function textOf(html: string): string {
  return html.replace(/<(?:br|\/p|\/div|\/tr)\b[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '')
}
