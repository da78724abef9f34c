import { crc32, deflateRawSync } from 'node:zlib'

/** An entry as a test wants it; `lie` overrides what the directory says of it. */
export type ZipEntry = {
  name: string
  content: string | Buffer
  store?: boolean
  lie?: { bytes?: number; packedBytes?: number; crc?: number; at?: number; flags?: number; method?: number }
}

/** Builds archives for tests, honest and dishonest (APPNOTE.TXT §4.3). */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, content, store, lie } of entries) {
    const plain = Buffer.from(content as string)
    const packed = store ? plain : deflateRawSync(plain)
    const nameBytes = Buffer.from(name)
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(nameBytes.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(lie?.flags ?? 0, 8)
    central.writeUInt16LE(lie?.method ?? (store ? 0 : 8), 10)
    central.writeUInt32LE(lie?.crc ?? crc32(plain), 16)
    central.writeUInt32LE(lie?.packedBytes ?? packed.length, 20)
    central.writeUInt32LE(lie?.bytes ?? plain.length, 24)
    central.writeUInt16LE(nameBytes.length, 28)
    central.writeUInt32LE(lie?.at ?? at, 42)
    bodies.push(local, nameBytes, packed)
    directory.push(central, nameBytes)
    at += 30 + nameBytes.length + packed.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...bodies, list, end])
}

const xmlns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** The parts of a workbook of one sheet, its rows given as XML. */
export function workbookOf(rows: string, { strings = '', styles = '', before = '', workbookPr = '' } = {}): ZipEntry[] {
  return [
    { name: 'xl/workbook.xml', content: `<workbook ${xmlns}>${workbookPr}<sheets>${before}<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: '<Relationships><Relationship Id="rId1" Target="worksheets/data.xml"/><Relationship Id="rId2" Target="/xl/worksheets/hidden.xml"/></Relationships>',
    },
    { name: 'xl/worksheets/data.xml', content: `<worksheet ${xmlns}><sheetData>${rows}</sheetData></worksheet>` },
    { name: 'xl/worksheets/hidden.xml', content: '<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>нет</t></is></c></row></sheetData></worksheet>' },
    ...(strings ? [{ name: 'xl/sharedStrings.xml', content: `<sst ${xmlns}>${strings}</sst>` }] : []),
    ...(styles ? [{ name: 'xl/styles.xml', content: `<styleSheet ${xmlns}>${styles}</styleSheet>` }] : []),
  ]
}
