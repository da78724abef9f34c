import type { Upload } from '../../../../contract/upload.ts'
import type { Spool } from '../../../platform/files/spool.ts'
import { readXml } from './read-xml.ts'
import { KEPT_CHARS, tableLimits } from './types.ts'
import type { Zip } from './zip.ts'

/** Strings lie in blocks of about so many letters; what a cell wants is mostly in the block of the cell before it. */
const BLOCK_CHARS = 4096
const CACHED_BLOCKS = 128
/** Quotes are written with a backslash, and each string between two of them. */
const MAX_BYTES = 3 * tableLimits.inflatedBytes

export type SharedStrings = {
  /** Empty where there is none of that number. A promise only when it must be fetched. */
  at: (index: number) => string | Promise<string>
  close: () => Promise<void>
}
/** Its first string, and where it lies. */
type Block = { first: number; start: number; bytes: number }

/**
 * The strings that cells of a workbook name by number (ECMA-376 part 1 §18.4): runs of rich text are joined, phonetic hints left out. Put aside, sealed, and
 * fetched block by block, because a workbook keeps nearly all its words here, and the words of a large one are no less than the file.
 * Throws TableProblem: xml_damaged, zip_*.
 */
export async function spoolStrings(zip: Zip, part: string, spool: Spool): Promise<SharedStrings> {
  if (!zip.has(part)) return { at: () => '', close: async () => {} }
  const blocks: Block[] = []
  const counted = { strings: 0 }
  const aside = await spool(inBlocks(stringsOf(zip, part), blocks, counted), MAX_BYTES)
  return { at: finder(aside, blocks, counted.strings), close: aside.close }
}

async function* stringsOf(zip: Zip, part: string): AsyncGenerator<string[]> {
  let [strings, current, isText, isPhonetic]: [string[], string, boolean, boolean] = [[], '', false, false]
  const handlers = {
    open: (name: string) => {
      if (name === 'si') current = ''
      if (name === 'rPh') isPhonetic = true
      isText = name === 't' && !isPhonetic
    },
    close: (name: string) => {
      if (name === 'si') strings.push(current)
      if (name === 'rPh') isPhonetic = false
      isText = false
    },
    text: (text: string) => {
      if (isText && current.length < KEPT_CHARS) current = (current + text).slice(0, KEPT_CHARS)
    },
  }
  for await (const _ of readXml(zip.read(part), handlers)) {
    yield strings
    strings = []
  }
}

async function* inBlocks(parts: AsyncIterable<string[]>, blocks: Block[], counted: { strings: number }): AsyncGenerator<Buffer> {
  let [waiting, chars, start]: [string[], number, number] = [[], 0, 0]
  const written = (): Buffer => {
    const bytes = Buffer.from(JSON.stringify(waiting))
    blocks.push({ first: counted.strings - waiting.length, start, bytes: bytes.length })
    start += bytes.length
    ;[waiting, chars] = [[], 0]
    return bytes
  }
  for await (const strings of parts) {
    for (const text of strings) {
      waiting.push(text)
      counted.strings += 1
      // A string without a letter takes room too.
      chars += text.length + 1
      if (chars >= BLOCK_CHARS) yield written()
    }
  }
  if (waiting.length > 0) yield written()
}

function finder(aside: Pick<Upload, 'part'>, blocks: readonly Block[], count: number): SharedStrings['at'] {
  const [fetched, decoder] = [new Map<number, string[]>(), new TextDecoder()]
  let last: { block: Block; strings: string[] } | null = null
  const fetch = async (place: number, index: number): Promise<string> => {
    const block = blocks[place] as Block
    const strings = fetched.get(place) ?? (JSON.parse(decoder.decode(await aside.part(block.start, block.bytes))) as string[])
    // The block that was wanted last is thrown out last.
    fetched.delete(place)
    fetched.set(place, strings)
    const [oldest = place] = fetched.keys()
    if (fetched.size > CACHED_BLOCKS) fetched.delete(oldest)
    last = { block, strings }
    return strings[index - block.first] ?? ''
  }
  return (index) => {
    if (index < 0 || index >= count) return ''
    const near = last?.strings[index - last.block.first]
    return near ?? fetch(placeOf(blocks, index), index)
  }
}

/** The block that holds this string: the last one that does not begin behind it. */
function placeOf(blocks: readonly Block[], index: number): number {
  let [low, high] = [0, blocks.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((blocks[middle]?.first ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return low
}
