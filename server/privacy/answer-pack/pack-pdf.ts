import { answerPack as english } from '../../../i18n/en/answer-pack.ts'
import { answerPack as russian } from '../../../i18n/ru/answer-pack.ts'
import type { Block, PdfDocument } from '../../platform/pdf/document.ts'
import type { Item, Pack, Table } from './pack.ts'

/** The answer as pages, in the order of the law. */
export function packPdf(pack: Pack, operator: string): PdfDocument {
  const t = pack.language === 'ru' ? russian : english
  return {
    title: t.title,
    footer: t.footer(operator),
    pageOf: t.pageOf,
    blocks: [{ kind: 'title', text: t.title, under: t.under(pack.request.number, pack.request.receivedOn) }, ...pack.items.flatMap((item) => blocksOf(item, t.none))],
  }
}

function blocksOf({ title, text, list, facts, tables }: Item, none: string): Block[] {
  const said: Block[] = [
    ...text.filter(Boolean).map((words): Block => ({ kind: 'text', text: words })),
    ...(list ? [{ kind: 'list', items: list } as const] : []),
    ...(facts && facts.length > 0 ? [{ kind: 'facts', rows: facts } as const] : []),
    ...tables.flatMap(tableBlocks),
  ]
  return [{ kind: 'heading', text: title }, ...(said.length > 0 ? said : [{ kind: 'text', text: none } as const])]
}

function tableBlocks({ title, columns, rows }: Table): Block[] {
  if (rows.length === 0) return []
  const keys = Object.keys(columns)
  return [
    { kind: 'text', text: title },
    { kind: 'table', head: Object.values(columns), rows: rows.map((row) => keys.map((key) => row[key] ?? '—')) },
  ]
}
