import assert from 'node:assert/strict'
import { before, test, type TestContext } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { LeadFile } from '../contract/crm/lead-file.ts'
import { workbookOf, zipOf, type ZipEntry } from '../server/crm/intake/table/zip-fixture.ts'
import { eventually } from './eventually.ts'
import { fingerprint } from './fingerprint.ts'
import type { Person } from './stage.ts'
import { workerStage, type WorkerStage } from './worker-stage.ts'

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const sheetName = 'xl/worksheets/data.xml'
const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
const table = `<row r="1">${cell('ФИО')}${cell('Телефон')}</row><row r="2">${cell('Анна')}${cell('+79990000001')}</row>`
type Refused = { error: string; fields?: { at: string; why: string }[]; id: string; version: number; mapping: string[] }

let scene: WorkerStage
let maria: Person
before(async (t) => {
  scene = await workerStage(t as TestContext)
  maria = await scene.hire('head_of_sales', { outletId: null })
})

const upload = (bytes: Buffer, type = xlsx, fileName = 'leads.xlsx') =>
  maria.post<Refused>(`/lead-files?sourceId=${maria.dealer.sources.file}&attested=yes&basis=consent&fileName=${encodeURIComponent(fileName)}`, bytes, { 'content-type': type })
/** The workbook with its sheet changed so. */
const withSheet = (more: Partial<ZipEntry>): Buffer => zipOf(workbookOf(table).map((entry) => (entry.name === sheetName ? { ...entry, ...more } : entry)))

const bombs: Record<string, () => Buffer> = {
  'eight megabytes of zeros in a few kilobytes': () => withSheet({ content: Buffer.alloc(8 * 1024 * 1024) }),
  'a sheet that says it is small and is not': () => withSheet({ content: Buffer.alloc(8 * 1024 * 1024), lie: { bytes: 1_000 } }),
  'a sheet that says it is larger than anything': () => withSheet({ lie: { bytes: 201 * 1024 * 1024 } }),
  'a sheet that lies inside another': () => withSheet({ lie: { at: 0 } }),
  'a thousand empty parts': () => zipOf([...workbookOf(table), ...Array.from({ length: 1_000 }, (_, n) => ({ name: `x${n}`, content: '' }))]),
  'entities that stand for entities': () =>
    withSheet({
      content: `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1_000)}"><!ENTITY c "${'&b;'.repeat(1_000)}">]><worksheet><sheetData>${'&c;'.repeat(1_000)}</sheetData></worksheet>`,
    }),
  'elements without an end': () => withSheet({ content: '<a>'.repeat(200_000) }),
  'a locked archive': () => withSheet({ lie: { flags: 1 } }),
  'half an archive': () => withSheet({}).subarray(0, 200),
  'a name that leads out of the folder': () => zipOf([{ name: '../../etc/passwd', content: 'x' }]),
}

test('an archive that would swell, or is none, is refused by name at the door, and nothing of it is kept', async () => {
  const before = await fingerprint(scene.owner)
  for (const [what, make] of Object.entries(bombs)) {
    const from = Date.now()
    const { status, body } = await upload(make())
    assert.deepEqual([status, body.error, body.fields?.[0]?.at], [422, 'invalid', 'body'], `${what}: ${JSON.stringify(body)}`)
    assert.match(body.fields?.[0]?.why ?? '', /^[a-z_]+(?:\|\d+)?$/, what)
    assert.ok(Date.now() - from < 10_000, `${what} held the server for ${Date.now() - from} ms`)
  }
  assert.equal(await fingerprint(scene.owner), before)
})

test('a file larger than files may be is refused while it comes', async () => {
  const { status, body } = await upload(Buffer.alloc(51 * 1024 * 1024, 'a'), 'text/csv', 'leads.csv')
  assert.deepEqual([status, body.error], [413, 'too_large'])
})

const formulas = ['=cmd|"/c calc"!A1', '+79990000001+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://evil.example")', 'DDE("cmd";"/C calc")']

test('formulas in a file come in as words, and go out to a manager’s table as words', async () => {
  const rows = formulas.map((formula) => `"${formula.replaceAll('"', '""')}";не телефон`)
  const { body: file } = await upload(Buffer.from(['ФИО;Телефон', ...rows].join('\n')), 'text/csv', '=cmd.csv')
  assert.ok(file.id, JSON.stringify(file))
  assert.equal((await maria.post(`/lead-files/${file.id}/check`, { version: file.version, mapping: file.mapping, interest: 'callback' })).status, 200)
  const at = `/lead-files/${file.id}`
  const checked = await eventually(async () => {
    const { body } = await maria.get<LeadFile>(at)
    return body.status === 'checked' && body
  }, 'the check')
  assert.equal(checked.rows.bad, formulas.length)
  const { body: errors } = await maria.post<{ csv: string }>(`${at}/errors`, {})
  const back = parse(errors.csv, { delimiter: ';', bom: true, relax_column_count: true }) as string[][]
  assert.ok(back.length > formulas.length && errors.csv.includes('cmd'), 'what was typed comes back')
  for (const text of back.flat()) assert.doesNotMatch(text, /^[=+\-@\t\r]/, 'a cell begins a formula')
})
