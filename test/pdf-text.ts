/** The text of a PDF as a reader would copy it: streams are inflated and glyphs turned into letters by the fonts' own ToUnicode tables. */
import { inflateSync } from 'node:zlib'

type Parsed = { head: string; stream: Buffer | null }

function objectsOf(pdf: Buffer): Map<string, Parsed> {
  const text = pdf.toString('latin1')
  const objects = new Map<string, Parsed>()
  for (const match of text.matchAll(/(?:^|\n)(\d+) 0 obj\r?\n?([\s\S]*?)endobj/g)) {
    const [, id = '', body = ''] = match
    const at = body.indexOf('stream')
    const start = at < 0 ? -1 : at + /^stream\r?\n/.exec(body.slice(at))![0].length
    const length = Number(/\/Length (\d+)/.exec(body)?.[1] ?? 0)
    const head = at < 0 ? body : body.slice(0, at)
    const bytes = at < 0 ? null : Buffer.from(body.slice(start, start + length), 'latin1')
    objects.set(id, { head, stream: bytes && head.includes('FlateDecode') ? inflateSync(bytes) : bytes })
  }
  return objects
}

/** Glyph number → letters. */
function glyphsOf(cmap: string): Map<number, string> {
  const letters = (hex: string): string => Buffer.from(hex.replace(/\s/g, ''), 'hex').swap16().toString('utf16le')
  const glyphs = new Map<number, string>()
  for (const [, block = ''] of cmap.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from = '', , list = '', one = ''] of block.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f]+)>\s*(?:\[([^\]]*)\]|<([0-9a-f\s]+)>)/gi)) {
      const first = Number.parseInt(from, 16)
      if (one) glyphs.set(first, letters(one))
      ;[...list.matchAll(/<([0-9a-f\s]+)>/gi)].forEach(([, hex = ''], i) => glyphs.set(first + i, letters(hex)))
    }
  for (const [, block = ''] of cmap.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from = '', to = ''] of block.matchAll(/<([0-9a-f]+)>\s*<([0-9a-f\s]+)>/gi)) glyphs.set(Number.parseInt(from, 16), letters(to))
  return glyphs
}

export function pdfText(pdf: Buffer): string {
  const objects = objectsOf(pdf)
  const fonts = new Map<string, Map<number, string>>()
  for (const { head } of objects.values())
    for (const [, name = '', id = ''] of (/\/Font\s*<<([\s\S]*?)>>/.exec(head)?.[1] ?? '').matchAll(/\/(\w+) (\d+) 0 R/g)) {
      const cmapId = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? '')?.[1] ?? ''
      fonts.set(name, glyphsOf(objects.get(cmapId)?.stream?.toString('latin1') ?? ''))
    }
  const pages = [...objects.values()].flatMap(({ head, stream }) => (stream && !head.includes('/Type /') && stream.includes('BT') ? [stream.toString('latin1')] : []))
  return pages.map((page) => textOfPage(page, fonts)).join('\n')
}

function textOfPage(page: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let glyphs: ReadonlyMap<number, string> = new Map()
  const words: string[] = []
  for (const [, font, shown] of page.matchAll(/\/(\w+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (font !== undefined) glyphs = fonts.get(font) ?? new Map()
    if (shown !== undefined)
      words.push(
        [...shown.matchAll(/<([0-9a-f]+)>/gi)]
          .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
          .map((code) => glyphs.get(Number.parseInt(code, 16)) ?? '')
          .join(''),
      )
  }
  // A long word is told where it may be broken: that mark is no letter.
  return words.join(' ').replaceAll('\u200b', '').replace(/\s+/g, ' ')
}

const tight = (text: string): string => text.replace(/\s+/g, '')
/** Whether these words stand there, however the lines were broken. */
export const says = (pages: string, words: string): boolean => tight(pages).includes(tight(words))
