import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { findAdf } from './find-adf.ts'
import { parseAdf } from './parse-adf.ts'

const document = '<?xml version="1.0"?>\n<?ADF VERSION="1.0"?>\n<adf><prospect><id>1</id><customer><comments>5 &lt; 7</comments></customer></prospect></adf>'
const escaped = document.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
const comment = (mail: Parameters<typeof findAdf>[0]) => {
  const [found] = findAdf(mail)
  const result = found && parseAdf(found.content, { timeZone: 'Europe/Moscow' })
  return result && 'prospects' in result ? [found.from, result.prospects[0]?.customer.comments] : result
}

test('a lead in the body of a plain letter is found between the greeting and the signature', () => {
  assert.deepEqual(comment({ text: `Добрый день!\n\n${document}\n--\nПортал`, attachments: [] }), ['text', '5 < 7'])
})

test('a lead whose brackets were escaped is unescaped once', () => {
  assert.deepEqual(comment({ text: escaped, attachments: [] }), ['text', '5 < 7'])
  assert.deepEqual(comment({ html: `<html><body><p>Заявка</p><pre>${escaped.replaceAll('\n', '<br/>')}</pre></body></html>`, attachments: [] }), ['html', '5 < 7'])
})

test('a lead in an attachment is found, also when it is base64 once more or in another encoding', () => {
  const attach = (content: Uint8Array, filename = 'lead.xml') => ({ text: 'См. вложение', attachments: [{ filename, contentType: 'application/octet-stream', content }] })
  assert.deepEqual(comment(attach(Buffer.from(document))), ['attachment', '5 < 7'])
  assert.deepEqual(comment(attach(Buffer.from(Buffer.from(document).toString('base64').replace(/.{76}/g, '$&\r\n')))), ['attachment', '5 < 7'])
  assert.deepEqual(comment(attach(Buffer.from(`\uFEFF${document}`, 'utf16le'))), ['attachment', '5 < 7'])
  assert.equal(comment(attach(Buffer.from(document), 'lead.exe')), undefined)
})

test('every document of a letter is found, and one that is written and attached is one', () => {
  const attached = (text: string) => ({ filename: 'lead.xml', contentType: 'text/xml', content: Buffer.from(text) })
  const other = document.replace('<id>1</id>', '<id>2</id>')
  const from = (mail: Parameters<typeof findAdf>[0]) => findAdf(mail).map((found) => found.from)
  assert.deepEqual(from({ text: 'См. вложения', attachments: [attached(document), attached(other), attached('<other/>')] }), ['attachment', 'attachment'])
  assert.deepEqual(from({ text: `Добрый день!\n${document}\n--\nПортал`, attachments: [attached(document.replaceAll('\n', '\r\n'))] }), ['text'])
  assert.deepEqual(from({ text: document, html: `<pre>${escaped}</pre>`, attachments: [attached(other)] }), ['text', 'attachment'])
})

test('an ordinary letter is not a lead in ADF', () => {
  assert.deepEqual(findAdf({ text: 'Хочу купить машину, <b>срочно</b>', html: '<p>Хочу купить машину</p>', attachments: [] }), [])
  assert.deepEqual(findAdf({ html: false, attachments: [{ contentType: 'text/xml', content: Buffer.from('<other/>') }] }), [])
})

test('a DOCTYPE before the lead is carried to the reader, which refuses it', () => {
  assert.deepEqual(comment({ text: 'x\n<!DOCTYPE adf><adf><prospect/></adf>', attachments: [] }), { problem: 'doctype', at: 'line 1' })
})

test('a letter cut off in the middle is found and refused by name, not lost', () => {
  assert.deepEqual(comment({ text: document.slice(0, -20), attachments: [] }), { problem: 'not_well_formed', at: 'line 3' })
})

test('no letter makes the search fail, and a mebibyte of brackets takes no time', () => {
  const piece = fc.constantFrom('<', '>', '<adf>', '</adf>', '&lt;adf&gt;', '&lt;/adf&gt;', '<?xml ', '<!doctype', '<br', 'а', '\n')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 50 }), (pieces) => {
      const text = pieces.join('')
      findAdf({ text, html: text, attachments: [{ contentType: 'text/xml', content: Buffer.from(text) }] })
    }),
    { numRuns: 500 },
  )
  for (const piece of ['<', '<adf', '<adf ', '</adf ', '&lt;', '<br ', '&lt;/adf', '<a:', '<?xml ']) {
    const started = performance.now()
    findAdf({ text: piece.repeat((1024 * 1024) / piece.length), html: piece.repeat((1024 * 1024) / piece.length), attachments: [] })
    assert.ok(performance.now() - started < 2000, piece)
  }
})
