/** The thread in which documents are laid out: seconds of work that must not keep a request from being answered. */
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import pdfmake from 'pdfmake'
import type { Block, PdfDocument } from './document.ts'

const fontOf = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`)
const [normal, bold] = [fontOf('DejaVuSans'), fontOf('DejaVuSans-Bold')]
// DejaVu whole: fonts that are split by script lose the Latin letters of a Cyrillic page.
pdfmake.setFonts({ DejaVu: { normal, bold, italics: normal, bolditalics: bold } })
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => path === normal || path === bold)

type Node = Record<string, unknown>
const grey = '#555555'
const line = (text: string, more: Node = {}): Node => ({ text: breakable(text), ...more })
/** A word longer than a column would run over its neighbour. */
const breakable = (text: string): string => text.replace(/[^\s\u200b-]{28}(?=[^\s\u200b-])/gu, '$&\u200b')

function nodeOf(block: Block): Node {
  switch (block.kind) {
    case 'title':
      return { stack: [line(block.text, { fontSize: 15, bold: true }), ...(block.under ? [line(block.under, { color: grey, margin: [0, 2, 0, 0] })] : [])], margin: [0, 0, 0, 12] }
    case 'heading':
      return line(block.text, { fontSize: 11, bold: true, margin: [0, 10, 0, 4], headlineLevel: 1 })
    case 'text':
      return line(block.text, { margin: [0, 0, 0, 4] })
    case 'list':
      return { ul: block.items.map((item) => line(item)), margin: [0, 0, 0, 4] }
    case 'facts':
      return table(
        block.rows.map(([name, value]) => [line(name, { color: grey }), line(value)]),
        ['34%', '66%'],
        0,
      )
    case 'table':
      return table(
        [block.head.map((name) => line(name, { bold: true })), ...block.rows.map((row) => row.map((cell) => line(cell)))],
        block.widths ? block.widths.map((share) => `${share}%`) : block.head.map(() => '*'),
        1,
      )
    case 'signature':
      return {
        stack: [line(`${block.position}     ______________________     ${block.name}`), line(block.hint, { color: grey, fontSize: 7 })],
        margin: [0, 24, 0, 0],
        unbreakable: true,
      }
  }
}

/** A table without a row cannot be laid out: nothing stands there. */
const table = (body: Node[][], widths: string[], headerRows: number): Node =>
  body.length === 0
    ? { stack: [] }
    : {
        table: { body, widths, headerRows, dontBreakRows: true },
        layout: headerRows > 0 ? 'lightHorizontalLines' : 'noBorders',
        fontSize: headerRows > 0 ? 8 : 9,
        margin: [0, 0, 0, 6],
      }

function definitionOf({ title, footer, pageOf, blocks }: PdfDocument): Node {
  return {
    info: { title },
    pageSize: 'A4',
    pageMargins: [48, 44, 48, 52],
    defaultStyle: { font: 'DejaVu', fontSize: 9, lineHeight: 1.2 },
    footer: (page: number, pages: number): Node => ({
      columns: [line(footer), line(pageOf.replace('{page}', String(page)).replace('{pages}', String(pages)), { alignment: 'right', width: 90 })],
      margin: [48, 14, 48, 0],
      fontSize: 7,
      color: grey,
    }),
    content: blocks.map(nodeOf),
  }
}

/** A document that cannot be laid out fails alone: the thread goes on with the next. */
async function layOut({ id, document }: { id: number; document: PdfDocument }): Promise<void> {
  try {
    const bytes = await pdfmake.createPdf(definitionOf(document)).getBuffer()
    parentPort?.postMessage({ id, bytes: new Uint8Array(bytes) })
  } catch (error) {
    // The message of the error may quote the document: only its kind leaves the thread.
    parentPort?.postMessage({ id, failed: error instanceof Error ? error.name : 'unknown' })
  }
}

parentPort?.on('message', (asked: Parameters<typeof layOut>[0]) => void layOut(asked))
