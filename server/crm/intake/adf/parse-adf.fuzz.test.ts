import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseAdf } from './parse-adf.ts'

const options = { timeZone: 'Europe/Moscow' }
const secret = 'Секретов'
const sample = `<?xml version="1.0" encoding="utf-8"?><?ADF VERSION="1.0"?><adf><prospect status="new"><id sequence="1" source="s">2</id><requestdate>2026-11-20T10:00:00+03:00</requestdate>
<vehicle interest="buy"><year>2026</year><make>m</make><price type="quote" currency="RUB">1</price></vehicle><customer><contact><name part="full">${secret}</name><phone type="${secret}">1</phone></contact>
<comments><![CDATA[${secret}]]></comments><${secret}>1</${secret}></customer><vendor><vendorname>v</vendorname></vendor></prospect></adf>`
const problems = new Set(['too_large', 'nul', 'invalid_utf8', 'encoding_unsupported', 'doctype', 'entity', 'too_deep', 'not_well_formed', 'not_adf', 'no_prospect', 'empty'])
const place = /^(?:document|line \d+|(?:\*|adf)(?:\/(?:\*|[a-z]+(?:\[\d+\])?))* line \d+)$/

function judge(input: string | Uint8Array): void {
  const result = parseAdf(input, options)
  if ('problem' in result) return assert.ok(problems.has(result.problem) && place.test(result.at), JSON.stringify(result))
  assert.ok(result.prospects.length > 0 && result.prospects.every(({ externalRef }) => externalRef.length > 0 && externalRef.length <= 400))
  for (const { at } of result.notices) assert.match(at, place)
  assert.ok(!JSON.stringify(result.notices).includes(secret))
}

test('a broken or hostile document is a lead or a named problem, never a failure', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom(
      '<',
      '>',
      '/',
      '&',
      ';',
      '"',
      '<adf>',
      '</prospect>',
      '<prospect>',
      '<!--',
      ']]>',
      '<![CDATA[',
      '<!DOCTYPE ',
      '<?',
      '&#0;',
      '&#xD800;',
      '\0',
      '\uD800',
      '\u0001',
      'xmlns:a="b"',
      '<a:b/>',
    ),
  )
  fc.assert(
    fc.property(fc.nat(sample.length), fc.nat(30), piece, (at, cut, added) => {
      judge(sample.slice(0, at) + added + sample.slice(at + cut))
    }),
    { numRuns: 3000 },
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => judge(pieces.join(''))),
    { numRuns: 1000 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(600), (bytes, at) => {
      const whole = Buffer.from(sample)
      judge(Buffer.concat([whole.subarray(0, at), bytes, whole.subarray(at)]))
    }),
    { numRuns: 1000 },
  )
})

test('reading the same document twice says the same', () => {
  assert.deepEqual(parseAdf(sample, options), parseAdf(Buffer.from(sample), options))
})

test('the largest document takes a moment, whatever it is filled with', () => {
  const fill = (open: string, piece: (index: number) => string, close: string, bytes: number) => {
    let body = ''
    for (let index = 0; body.length < bytes; index += 1) body += piece(index)
    return `<adf><prospect>${open}${body}${close}</prospect></adf>`
  }
  const shapes: [open: string, piece: (index: number) => string, close: string][] = [
    ['', () => '<a/>', ''],
    ['', (index) => `<a${index}/>`, ''],
    ['', () => '<vehicle/>', ''],
    ['', () => '<id>1</id>', ''],
    ['', () => '&amp;', ''],
    ['<x ', (index) => `a${index}="" `, '/>'],
    ['<customer><contact>', () => '<name>a</name>', '</contact></customer>'],
    ['<customer><contact>', () => '<name part="last">a</name>', '</contact></customer>'],
    ['<customer><comments>', () => ' ', '</comments></customer>'],
    ['<requestdate>', () => '1', '</requestdate>'],
    ['<requestdate>', () => ' 1', '</requestdate>'],
    ['<!--', () => '- ', '-->'],
  ]
  for (const [open, piece, close] of shapes) {
    const started = performance.now()
    judge(fill(open, piece, close, 200_000))
    const spentMs = performance.now() - started
    assert.ok(spentMs < 1500, `${piece(0)} ${spentMs} ms`)
  }
})
