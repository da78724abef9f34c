import type { Spool } from '../../../platform/files/spool.ts'
import { readXml } from './read-xml.ts'
import { spoolStrings, type SharedStrings } from './shared-strings.ts'
import { TableProblem } from './types.ts'
import type { Zip } from './zip.ts'

/** What is needed to read the first visible sheet. `dateStyles` are indexes of cell formats that show dates. Whoever has read it closes the `strings`. */
export type Workbook = { sheet: string; strings: SharedStrings; dateStyles: ReadonlySet<number>; is1904: boolean }

/** The parts of an Office Open XML workbook (ECMA-376 part 1 §12.3, §18) around its first visible sheet. Throws TableProblem: not_xlsx, xml_damaged, zip_*. */
export async function readWorkbook(zip: Zip, spool: Spool): Promise<Workbook> {
  if (!zip.has('xl/workbook.xml')) throw new TableProblem('not_xlsx')
  const sheets: { relation: string; isVisible: boolean }[] = []
  let is1904 = false
  await walk(zip, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'workbookPr') is1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
    if (name === 'sheet') sheets.push({ relation: relationOf(attributes), isVisible: (attributes.state ?? 'visible') === 'visible' })
  })
  const targets = new Map<string, string>()
  await walk(zip, 'xl/_rels/workbook.xml.rels', (name, { Id, Target }) => {
    if (name === 'Relationship' && Id && Target) targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`)
  })
  const wanted = sheets.find(({ isVisible }) => isVisible)
  const sheet = wanted && (targets.get(wanted.relation) ?? 'xl/worksheets/sheet1.xml')
  if (!sheet || !zip.has(sheet)) throw new TableProblem('not_xlsx')
  const dateStyles = await readDateStyles(zip)
  return { sheet, strings: await spoolStrings(zip, 'xl/sharedStrings.xml', spool), dateStyles, is1904 }
}

function relationOf(attributes: Record<string, string>): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? ''
}

async function walk(zip: Zip, part: string, open: (name: string, attributes: Record<string, string>) => void): Promise<void> {
  if (!zip.has(part)) return
  for await (const _ of readXml(zip.read(part), { open, close: () => undefined, text: () => undefined }));
}

/** Cell formats that show a date: built in (§18.8.30) or of the author's own. */
async function readDateStyles(zip: Zip): Promise<ReadonlySet<number>> {
  const ownDates = new Set<number>()
  const styles = new Set<number>()
  let isCellFormats = false
  let index = 0
  await walk(zip, 'xl/styles.xml', (name, attributes) => {
    if (name === 'numFmt' && isDateCode(attributes.formatCode ?? '')) ownDates.add(Number(attributes.numFmtId))
    if (name === 'cellXfs' || name === 'cellStyles' || name === 'dxfs') isCellFormats = name === 'cellXfs'
    if (name !== 'xf' || !isCellFormats) return
    const format = Number(attributes.numFmtId ?? 0)
    if (ownDates.has(format) || (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) || (format >= 50 && format <= 58))
      styles.add(index)
    index += 1
  })
  return styles
}

/** A number format with letters of date or time outside of quotes, brackets and escapes. */
function isDateCode(code: string): boolean {
  return /[dmyhs]/i.test(code.slice(0, 255).replace(/"[^"]*"|\[[^\]]*\]|\\.|_./g, ''))
}
