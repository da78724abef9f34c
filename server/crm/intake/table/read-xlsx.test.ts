import assert from 'node:assert/strict'
import { test } from 'node:test'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { aside } from '../../../../test/aside.ts'
import { liveBytes } from '../../../../test/live-bytes.ts'
import { openTable } from './open-table.ts'
import { TableProblem } from './types.ts'
import type { ZipEntry } from './zip-fixture.ts'
import { workbookOf, zipOf } from './zip-fixture.ts'

async function read(bytes: Uint8Array) {
  const table = await openTable(bytes, 'leads.xlsx', aside)
  const rows = []
  for await (const row of table.rows) rows.push(row)
  return { ...table, rows }
}
const values = async (rows: string, options = {}) =>
  (await read(zipOf(workbookOf(`<row r="1">${text('a')}${text('b')}${text('c')}</row>${rows}`, options)))).rows.map((row) => Object.values(row.cells))
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const refused = (code: string) => (error: unknown) => error instanceof TableProblem && error.code === code && error.message === code

test('a workbook saved by another program is read with its dates, numbers, formulas and rich text', async () => {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('Лиды')
  sheet.addRow(['ФИО', 'Телефон', 'Дата', 'Время', 'Сумма', 'Да'])
  sheet.addRow(['Смирнова Анна', 89120000001, new Date('2026-11-20T00:00:00Z'), new Date('2026-11-20T10:30:00Z'), 1.5, true])
  sheet.addRow([{ richText: [{ text: 'Иванов ' }, { font: { bold: true }, text: 'Иван' }] }, '+79120000002', null, null, { formula: 'E2*2', result: 3 }, { error: '#N/A' }])
  sheet.getColumn(4).numFmt = 'dd.mm.yyyy hh:mm'
  const { format, rows } = await read(Buffer.from(await book.xlsx.writeBuffer()))
  assert.equal(format, 'xlsx')
  assert.deepEqual(
    rows.map(({ line, cells }) => [line, ...Object.values(cells)]),
    [
      [2, 'Смирнова Анна', '89120000001', '2026-11-20', '2026-11-20T10:30:00', '1.5', 'true'],
      [3, 'Иванов Иван', '+79120000002', '', '', '3', ''],
    ],
  )
  assert.deepEqual(rows[1]?.problems, [{ column: 6, code: 'error_value' }])
})

test('a formula is never computed: what the file holds for it is read, or nothing', async () => {
  assert.deepEqual(await values('<row r="2"><c><f>1+1</f><v>7</v></c><c t="str"><f>HYPERLINK("http://x")</f></c><c t="inlineStr"><is><t>=1+1</t></is></c></row>'), [
    ['7', '', '=1+1'],
  ])
})

test('cells find their columns by their references, rows their lines, and holes stay empty', async () => {
  const { rows } = await read(zipOf(workbookOf(`<row r="3">${text('a')}${text('b')}${text('c')}</row><row r="7"><c r="C7"><v>3</v></c></row><row><c><v>1</v></c></row>`)))
  assert.deepEqual(
    rows.map(({ line, cells }) => [line, cells]),
    [
      [7, { a: '', b: '', c: '3' }],
      [8, { a: '1', b: '', c: '' }],
    ],
  )
})

test('long numbers keep their digits, dates of both calendars are right', async () => {
  const styles =
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm"/><numFmt numFmtId="165" formatCode="0&quot;d&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
  assert.deepEqual(await values('<row r="2"><c><v>7.9120000001E10</v></c><c><v>12345678901234567</v></c><c><v>1E-7</v></c></row>'), [
    ['79120000001', '12345678901234567', '0.0000001'],
  ])
  assert.deepEqual(await values('<row r="2"><c s="1"><v>46346</v></c><c s="2"><v>46346.4375</v></c><c s="3"><v>46346</v></c></row>', { styles }), [
    ['2026-11-20', '2026-11-20T10:30:00', '46346'],
  ])
  assert.deepEqual(await values('<row r="2"><c s="1"><v>44884</v></c><c s="1"><v>0.5</v></c><c/></row>', { styles, workbookPr: '<workbookPr date1904="1"/>' }), [
    ['2026-11-20', '12:00:00', ''],
  ])
})

test('shared strings are found, joined and unescaped; a hidden sheet before ours is not read', async () => {
  const strings = '<si><t>Анна</t><rPh><t>нет</t></rPh></si><si><r><t>Ива</t></r><r><t xml:space="preserve">н </t></r></si><si><t>a_x000A_b</t></si>'
  const before = '<sheet name="h" sheetId="2" r:id="rId2" state="hidden"/>'
  assert.deepEqual(
    await values('<row r="2"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row><row r="3"><c t="s"><v>99</v></c><c><v>1</v></c></row>', { strings, before }),
    [
      ['Анна', 'Иван', 'a\nb'],
      ['', '1', ''],
    ],
  )
})

test('a cell too long or too far to the right is named', async () => {
  const { rows } = await read(zipOf(workbookOf(`<row r="1">${text('a')}</row><row r="2">${text('я'.repeat(5000))}</row>`)))
  assert.deepEqual(rows[0]?.problems, [{ column: 1, code: 'cell_too_long' }])
  await assert.rejects(
    read(zipOf(workbookOf(`<row r="1">${text('a')}</row><row r="2"><c r="XFD2"><v>1</v></c></row>`))),
    (error) => error instanceof TableProblem && error.code === 'too_many_columns' && error.line === 2 && error.column === 16_384,
  )
})

const sheetName = 'xl/worksheets/data.xml'
const withSheet = (change: Partial<ZipEntry>) =>
  zipOf(workbookOf(`<row r="1">${text('a')}</row><row r="2">${text('b')}</row>`).map((entry) => (entry.name === sheetName ? { ...entry, ...change } : entry)))

test('an archive that would swell is refused before or while it does', async () => {
  const zeros = Buffer.alloc(8 * 1024 * 1024)
  await assert.rejects(read(withSheet({ content: zeros })), refused('zip_bomb'))
  await assert.rejects(
    read(withSheet({ content: zeros, lie: { bytes: 1000 } })),
    (error) => error instanceof TableProblem && (error.code === 'zip_bomb' || error.code === 'xml_damaged'),
  )
  await assert.rejects(read(withSheet({ lie: { bytes: 10 } })), refused('zip_bomb'))
  await assert.rejects(read(withSheet({ lie: { bytes: 201 * 1024 * 1024 } })), refused('zip_bomb'))
  await assert.rejects(read(withSheet({ lie: { at: 0 } })), refused('zip_bomb'))
  await assert.rejects(read(zipOf([...workbookOf(''), ...Array.from({ length: 1000 }, (_, index) => ({ name: `x${index}`, content: '' }))])), refused('zip_bomb'))
})

test('a damaged, locked or foreign archive is refused by name', async () => {
  const whole = withSheet({})
  await assert.rejects(read(withSheet({ lie: { crc: 1 } })), refused('zip_damaged'))
  await assert.rejects(read(withSheet({ lie: { bytes: 5000 } })), refused('zip_damaged'))
  await assert.rejects(read(withSheet({ content: 'не deflate', store: true, lie: { method: 8 } })), refused('zip_damaged'))
  await assert.rejects(read(whole.subarray(0, whole.length - 30)), refused('zip_damaged'))
  await assert.rejects(read(withSheet({ lie: { flags: 1 } })), refused('zip_unsupported'))
  await assert.rejects(read(withSheet({ lie: { method: 14 } })), refused('zip_unsupported'))
  await assert.rejects(read(zipOf([{ name: 'word/document.xml', content: '<a/>' }])), refused('not_xlsx'))
  await assert.rejects(read(zipOf([...workbookOf(''), { name: sheetName, content: '' }])), refused('zip_damaged'))
  await assert.rejects(read(withSheet({ content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' })), refused('xml_damaged'))
  await assert.rejects(read(withSheet({ content: '<a>'.repeat(1000) })), refused('xml_damaged'))
  await assert.rejects(read(withSheet({ content: Buffer.of(0x3c, 0x61, 0xff, 0x3e) })), refused('xml_damaged'))
  await assert.rejects(read(withSheet({ content: '<worksheet/>' })), refused('empty'))
})

test('any change of bytes gives rows or a named problem', async () => {
  const whole = withSheet({})
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
      const bytes = Buffer.from(whole)
      for (const [at, byte] of changes) bytes[at] = byte
      try {
        await read(bytes)
      } catch (error) {
        if (!(error instanceof TableProblem)) throw error
      }
    }),
    { numRuns: 500 },
  )
})

test('twice the rows take about twice the time', async () => {
  const book = (count: number) =>
    zipOf(
      workbookOf(
        `<row r="1">${text('a')}</row>` +
          Array.from({ length: count }, (_, index) => `<row r="${index + 2}"><c t="inlineStr"><is><t>Человек ${index * 7919}</t></is></c></row>`).join(''),
      ),
    )
  const time = async (count: number) => {
    const bytes = book(count)
    const started = performance.now()
    assert.equal((await read(bytes)).rows.length, count)
    return performance.now() - started
  }
  await time(2000)
  const few = await time(10_000)
  const many = await time(40_000)
  assert.ok(many < few * 12 + 500, `${few} ${many}`)
})

/** A sheet whose every cell names a shared string of its own, as spreadsheets save them. */
function spelled(rows: number, columns = 8): Buffer {
  const heading = Array.from({ length: columns }, (_, n) => `<si><t>Столбец ${n}</t></si>`).join('')
  const words = Array.from({ length: rows * columns }, (_, n) => `<si><t>Слово ${n} ${((n * 7919) % 1_000_003).toString(36)}</t></si>`).join('')
  const cells = (from: number): string => Array.from({ length: columns }, (_, n) => `<c t="s"><v>${from + n}</v></c>`).join('')
  const sheet = Array.from({ length: rows + 1 }, (_, n) => `<row r="${n + 1}">${cells(n * columns)}</row>`).join('')
  return zipOf(workbookOf(sheet, { strings: heading + words }))
}

async function* cut(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024)
}

/** What is held and still needed, strings with it. */
async function liveMemory(): Promise<number> {
  const bytes = await liveBytes()
  return bytes + process.memoryUsage().heapUsed
}

test('ten times the rows take no more memory: neither the file nor its strings are held', async () => {
  const most = async (rows: number): Promise<number> => {
    const bytes = spelled(rows)
    const base = await liveMemory()
    let [seen, held] = [0, 0]
    const table = await openTable(cut(bytes), 'leads.xlsx', aside)
    for await (const { cells } of table.rows) {
      if (seen === 0 || seen === rows - 1) assert.match(Object.values(cells)[7] ?? '', new RegExp(`^Слово ${seen * 8 + 7} `))
      if (seen++ % Math.ceil(rows / 4) === 0) held = Math.max(held, (await liveMemory()) - base)
    }
    assert.equal(seen, rows)
    return held
  }
  const [few, many] = [await most(3_000), await most(30_000)]
  assert.ok(many < few + 3 * 1024 * 1024, `${few} bytes were held for 3 000 rows, ${many} for 30 000`)
})

test('shared strings are found in any order, as often as they are named', async () => {
  const words = Array.from({ length: 5_000 }, (_, n) => `<si><t>"${n}\\"${'я'.repeat(n % 40)}</t></si>`).join('')
  const named = Array.from({ length: 5_000 }, (_, n) => (n * 2_657) % 5_000)
  const rows = named.map((index, n) => `<row r="${n + 2}"><c t="s"><v>${index}</v></c><c t="s"><v>5000</v></c></row>`).join('')
  const found = await values(rows, { strings: words })
  assert.deepEqual(
    found.map(([word]) => word),
    named.map((index) => `"${index}\\"${'я'.repeat(index % 40)}`),
  )
})

test('a row of more cells than a sheet is wide is refused', async () => {
  const cells = '<c t="s"><v>0</v></c>'.repeat(16_385)
  await assert.rejects(values(`<row r="2">${cells}</row>`, { strings: '<si><t></t></si>' }), refused('too_many_columns'))
})
