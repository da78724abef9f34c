import { SaxesParser } from 'saxes'
import { TableProblem } from './types.ts'

export type XmlHandlers = {
  open: (name: string, attributes: Record<string, string>) => void
  close: (name: string) => void
  text: (text: string) => void
}

/** Parts of a workbook nest no deeper than a dozen elements. */
const DEPTH_LIMIT = 100

/** Feeds a part of a workbook to handlers, chunk by chunk; names come without a prefix. Yields after every chunk. Throws TableProblem: xml_damaged. */
export async function* readXml(chunks: AsyncIterable<Uint8Array>, handlers: XmlHandlers): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const parser = new SaxesParser({ xmlns: false, position: false })
  const refuse = () => {
    throw new TableProblem('xml_damaged')
  }
  let depth = 0
  parser.on('error', refuse)
  parser.on('doctype', refuse)
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1
    if (depth > DEPTH_LIMIT) refuse()
    handlers.open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    depth -= 1
    handlers.close(localName(name))
  })
  parser.on('text', handlers.text)
  parser.on('cdata', handlers.text)
  for await (const chunk of chunks) {
    parser.write(decode(decoder, chunk))
    yield
  }
  parser.write(decode(decoder, null))
  parser.close()
  yield
}

function decode(decoder: TextDecoder, chunk: Uint8Array | null): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode()
  } catch {
    throw new TableProblem('xml_damaged')
  }
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}
