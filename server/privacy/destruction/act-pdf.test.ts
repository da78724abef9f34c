import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pdfText, says } from '../../../test/pdf-text.ts'
import { renderPdf } from '../../platform/pdf/render-pdf.ts'
import { actPdf, journalPdf } from './act-pdf.ts'
import type { ActColumns } from './act-row.ts'

const bare: ActColumns = {
  id: 'a',
  number: 7,
  at: new Date('2026-11-30T12:00:00Z'),
  operatorName: 'ООО «Звезда Авто»',
  operatorAddress: 'Москва',
  operatorInn: '7700000000',
  operatorOgrn: '1020000000000',
  processorName: null,
  processorAddress: null,
  personIds: [],
  categories: [],
  counts: {},
  system: 'crm',
  method: 'keys_and_rows',
  reason: 'purpose_achieved',
  executorId: null,
  executorPosition: null,
  requestId: null,
  requestNumber: null,
  personTold: null,
  eventId: null,
}
const printing = { act: bare, zone: 'Europe/Moscow', at: bare.at, recipients: [], signer: null, proof: null }

test('an act that lacks what it should name says so, field by field, and is a document all the same', async () => {
  const pages = pdfText(await renderPdf(actPdf(printing)))
  for (const words of ['в) Субъекты: сведения, относящиеся к определённым лицам не записано', 'д) Категории уничтоженных данных не записано', 'осталось обезличенным не записано'])
    assert.ok(says(pages, words), words)
  assert.ok(says(pdfText(await renderPdf(journalPdf(printing))), 'Выгрузка из журнала регистрации событий'))
})
