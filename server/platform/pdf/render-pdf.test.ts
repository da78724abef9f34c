import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdfText } from '../../../test/pdf-text.ts'
import type { Block, PdfDocument } from './document.ts'
import { renderPdf } from './render-pdf.ts'

const document = (...blocks: Block[]): PdfDocument => ({ title: 'Справка', footer: 'Дилер', pageOf: '{page} из {pages}', blocks })

test('what cannot be laid out fails by name, alone, and says nothing of what stands in it', async () => {
  const broken = document({ kind: 'text', text: null } as never, { kind: 'text', text: 'Тайноваров' })
  const [failed, whole] = await Promise.allSettled([renderPdf(broken), renderPdf(document({ kind: 'text', text: 'Рядом' }))])
  assert.ok(failed.status === 'rejected')
  assert.match(String(failed.reason), /could not be laid out: TypeError$/)
  assert.ok(whole.status === 'fulfilled')
  assert.match(pdfText(whole.value), /Рядом/)
  assert.match(pdfText(await renderPdf(document({ kind: 'text', text: 'Потом' }))), /Потом/)
})

test('facts and tables without a row leave their place empty', async () => {
  const pages = pdfText(
    await renderPdf(document({ kind: 'facts', rows: [] }, { kind: 'table', head: ['Кто', 'Когда'], rows: [] }, { kind: 'list', items: [] }, { kind: 'text', text: 'Конец' })),
  )
  assert.match(pages, /Кто.*Конец/)
})
