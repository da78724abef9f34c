import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { aside } from '../../../../test/aside.ts'
import { openTable } from './open-table.ts'
import { detectDelimiter } from './read-csv.ts'
import type { TableRow } from './types.ts'
import { TableProblem } from './types.ts'

async function read(source: string | Uint8Array | Readable, filename = 'leads.csv') {
  const table = await openTable(typeof source === 'string' ? Buffer.from(source) : source, filename, aside)
  const rows: TableRow[] = []
  for await (const row of table.rows) rows.push(row)
  return { ...table, rows }
}
const cells = async (source: string | Uint8Array | Readable) => (await read(source)).rows.map((row) => row.cells)
const refused =
  (code: string, line: number | null = null, column: number | null = null) =>
  (error: unknown) => {
    assert.ok(error instanceof TableProblem, String(error))
    assert.deepEqual([error.code, error.line, error.column], [code, line, column])
    assert.equal(error.message, code)
    return true
  }
const inWindows1251 = (text: string) =>
  Uint8Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
  })

const anna = { ФИО: 'Смирнова Анна', Телефон: '89120000001' }

test("a marketer's table is read whichever separator and line ending it was saved with", async () => {
  for (const delimiter of [';', ',', '\t']) {
    for (const end of ['\r\n', '\n', '\r'])
      assert.deepEqual(await cells(`ФИО${delimiter}Телефон${end}Смирнова Анна${delimiter}89120000001${end}`), [anna], JSON.stringify([delimiter, end]))
  }
  assert.deepEqual(await cells('sep=,\r\nФИО,Телефон\r\nСмирнова Анна,89120000001'), [anna])
})

test('a comma inside cells is not taken for the separator', () => {
  assert.equal(detectDelimiter('ФИО;Адрес\nАнна;Пермь, Мира, 1\nБорис;Омск, Мира, 2, 3'), ';')
  assert.equal(detectDelimiter('"a;b;c",d\n"x;y;z",w'), ',')
  assert.equal(detectDelimiter('Телефон\n1\n2'), ';')
})

test('Cyrillic is read from every encoding Excel and its rivals save', async () => {
  const text = 'ФИО;Телефон\r\nСмирнова Анна;89120000001\r\n'
  const bigEndian = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()
  for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), Buffer.from(`\uFEFF${text}`, 'utf16le'), bigEndian, Buffer.from(text, 'utf16le'), inWindows1251(text)]) {
    assert.deepEqual(await cells(bytes), [anna])
  }
})

test('Cyrillic that first appears far down the file is still recognised', async () => {
  const many = 'name;phone\n' + 'Ivan;1\n'.repeat(20_000)
  for (const bytes of [Buffer.from(`${many}Анна;2`), Buffer.concat([Buffer.from(many), inWindows1251('Анна;2')])]) {
    assert.deepEqual((await cells(bytes)).at(-1), { name: 'Анна', phone: '2' })
  }
})

test('a file that comes byte by byte reads like one that comes at once', async () => {
  const bytes = Buffer.from('ФИО;Телефон\r\n"Смирнова\r\nАнна";1\r\n')
  assert.deepEqual(await cells(Readable.from(Array.from(bytes, (byte) => Buffer.of(byte)))), await cells(bytes))
})

test('each row knows the line where it begins, also after a cell of several lines and empty lines', async () => {
  const { rows } = await read('\nФИО;Комментарий\n\nАнна;"одна\nдве\nтри"\nБорис;да\n;\nВера;нет')
  assert.deepEqual(
    rows.map(({ line, cells: { ФИО } }) => [line, ФИО]),
    [
      [4, 'Анна'],
      [7, 'Борис'],
      [9, 'Вера'],
    ],
  )
  assert.deepEqual(
    (await read('sep=;\r\nФИО;Т\r\nАнна;1')).rows.map(({ line }) => line),
    [3],
  )
})

test('quotes are honoured, and a company that writes its own quotes is not refused', async () => {
  assert.deepEqual(await cells('a;b\n"1;""2""";ООО "Ромашка"\n"Ромашка" ООО;x'), [
    { a: '1;"2"', b: 'ООО "Ромашка"' },
    { a: '"Ромашка" ООО', b: 'x' },
  ])
})

test('what a spreadsheet would compute is only text here, and our own apostrophe before it goes', async () => {
  assert.deepEqual(await cells("a;b;c;d;e\n=1+1;+79120000001;-5;@x;'+7912"), [{ a: '=1+1', b: '+79120000001', c: '-5', d: '@x', e: '+7912' }])
})

test('equal and empty headings are told apart, and none of them can be more than a name', async () => {
  const { header, rows } = await read('Телефон;Телефон;;__proto__\n1;2;3;4')
  assert.deepEqual(header, ['Телефон', 'Телефон (2)', '#3', '__proto__'])
  assert.deepEqual(Object.entries(rows[0]?.cells ?? {}), [
    ['Телефон', '1'],
    ['Телефон (2)', '2'],
    ['#3', '3'],
    ['__proto__', '4'],
  ])
})

test('a row with a cell too long or cells too many is read and says so, and its neighbours do not suffer', async () => {
  const { rows } = await read(`a;b\n${'я'.repeat(4001)};1\n1;2;3\n1;2`)
  assert.deepEqual(
    rows.map(({ problems }) => problems),
    [[{ column: 1, code: 'cell_too_long' }], [{ column: 3, code: 'extra_cells' }], []],
  )
  assert.deepEqual(rows[0]?.cells, { a: '', b: '1' })
})

test('a short row has empty cells', async () => {
  assert.deepEqual(await cells('a;b;c\n1'), [{ a: '1', b: '', c: '' }])
})

test('a file that cannot be a table is refused by name and line', async () => {
  await assert.rejects(read(''), refused('empty'))
  await assert.rejects(read(' \n;;\n'), refused('empty'))
  await assert.rejects(read('a;b\n1;"2\n3;4'), refused('quote_not_closed', 2))
  await assert.rejects(read(`a;b\n1;2\n"${'я\n'.repeat(300_000)}`), refused('record_too_long', 3))
  await assert.rejects(read(`a${';b'.repeat(64)}\n`), refused('too_many_columns', 1, 65))
  await assert.rejects(read(`a;b\n1;2${';'.repeat(70)}x`), refused('too_many_columns', 2, 72))
  await assert.rejects(read('a;b\0;1\n1'), refused('binary'))
  await assert.rejects(read(Buffer.concat([Buffer.from('\uFEFFя;b\n'), Buffer.of(0xff, 0x41)])), refused('encoding'))
  await assert.rejects(read(Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'old.xls'), refused('xls_or_encrypted'))
  await assert.rejects(read('a;b\n1;2', 'renamed.xlsx'), refused('not_xlsx'))
  await assert.rejects(read('', 'none.xlsx'), refused('empty'))
})

test('a file too large is dropped while it comes, not after', async () => {
  let sent = 0
  const endless = async function* () {
    for (;;) {
      sent += 1
      yield Buffer.alloc(1024 * 1024, `${'x'.repeat(1021)};b\n`)
    }
  }
  await assert.rejects(read(Readable.from(endless())), refused('too_large'))
  assert.ok(sent <= 50 + 20, String(sent))
  await assert.rejects(
    read(
      Readable.from(
        (function* () {
          for (let part = 0; part < 3; part += 1) yield Buffer.alloc(1024 * 1024, ' ')
        })(),
      ),
    ),
    refused('record_too_long', 1),
  )
  await assert.rejects(read(Buffer.alloc(50 * 1024 * 1024 + 1, 'x'), 'big.xlsx'), refused('too_large'))
})

test('two hundred thousand rows are read, and one more is refused', async () => {
  const table = await openTable(Buffer.from(`ФИО;Телефон\n${'Анна;89120000001\n'.repeat(200_001)}`), 'a.csv', aside)
  let seen = 0
  await assert.rejects(
    async () => {
      for await (const row of table.rows) seen += row.cells.ФИО === 'Анна' ? 1 : 0
    },
    refused('too_many_rows', 200_002),
  )
  assert.equal(seen, 200_000)
})

test('a table nobody wants any more lets its file go', async () => {
  let isReleased = false
  const source = async function* () {
    try {
      for (;;) yield Buffer.from('a;b\n'.repeat(1000))
    } finally {
      isReleased = true
    }
  }
  const table = await openTable(source(), 'a.csv', aside)
  for await (const row of table.rows) if (row.line > 10) break
  await table.close()
  await new Promise((resolve) => setImmediate(resolve))
  assert.ok(isReleased)
})

test('no bytes make the reader fail other than by name', async () => {
  const piece = fc.oneof(fc.string({ maxLength: 5 }), fc.constantFrom('"', ';', '\n', '\r', '\r\n', '\t', ',', '""', 'я', '\uFEFF', '\0', 'PK\u0003\u0004'))
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 100 }),
    fc.array(piece, { maxLength: 40 }).map((pieces) => new Uint8Array(Buffer.from(pieces.join('')))),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom('a.csv', 'a.xlsx', ''), async (content, name) => {
      try {
        const { header, rows } = await read(content, name)
        assert.ok(header.length > 0 && header.length <= 64)
        assert.ok(rows.every((row, index) => Object.keys(row.cells).length === header.length && row.line > (rows[index - 1]?.line ?? 0)))
      } catch (error) {
        if (!(error instanceof TableProblem)) throw error
      }
    }),
    { numRuns: 700 },
  )
})
