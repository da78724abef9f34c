import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aside } from '../../../../test/aside.ts'
import { openTable } from './open-table.ts'
import type { CsvValue } from './write-csv.ts'
import { writeCsv } from './write-csv.ts'

async function written(rows: readonly (readonly CsvValue[])[]): Promise<string> {
  let file = ''
  for await (const line of writeCsv(rows)) file += line
  return file
}

test('a file of rejected rows opens in Russian Excel with a double click', async () => {
  assert.equal(
    await written([
      ['Строка', 'Ошибка'],
      [2, 'нет телефона; "пусто"'],
      [3, null],
    ]),
    '\uFEFFСтрока;Ошибка\r\n2;"нет телефона; ""пусто"""\r\n3;\r\n',
  )
})

test("nothing a stranger typed into a form becomes a formula on a manager's computer", async () => {
  for (const value of ['=1+1', '+7912', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '\uFEFF=1', "=cmd|' /C calc'!A0"]) {
    const cell = (await written([[value]])).slice(1).replace(/^"/, '')
    assert.ok(cell.startsWith("'"), JSON.stringify(cell))
  }
  assert.equal(await written([[-5]]), '\uFEFF-5\r\n')
})

test('a corrected file of rejected rows reads back as it was', async () => {
  const cell = fc
    .string({ unit: fc.constantFrom(...'=+-@ая1 ";\',\n.'), maxLength: 12 })
    .map((value) => value.trim())
    .filter((value) => !value.startsWith("'"))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), async (rows) => {
      const table = await openTable(Buffer.from(await written([['a', 'b'], ...rows])), 'a.csv', aside)
      const back = []
      for await (const { cells } of table.rows) back.push([cells.a, cells.b])
      assert.deepEqual(
        back,
        rows.filter(([a, b]) => a !== '' || b !== ''),
      )
    }),
    { numRuns: 300 },
  )
})
