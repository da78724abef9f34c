import { SaxesParser } from 'saxes'
import { Refused } from './refused.ts'

const DEPTH_LIMIT = 32

/** An element: its name and the names of its attributes in lower case, without the prefix of the root. `isForeign`: of another namespace. */
export type Element = {
  name: string
  isForeign: boolean
  attributes: ReadonlyMap<string, string>
  text: string
  children: Element[]
  parent: Element | null
  /** 1-based among siblings of the same name. */
  index: number
  line: number
}

export type Document = { root: Element; declarations: string[] }

/**
 * Reads well-formed XML into a tree, without a DTD: ADF's published DTD does not itself parse, and a DTD is a way to attack.
 * Throws Refused: doctype, entity, too_deep, not_well_formed.
 */
export function readTree(text: string): Document {
  const parser = new SaxesParser({ xmlns: false, position: true })
  const declarations: string[] = []
  const open: { element: Element; countByName: Map<string, number> }[] = []
  let root: Element | null = null
  let rootPrefix = ''
  const refuse = (code: 'doctype' | 'entity' | 'too_deep' | 'not_well_formed'): never => {
    throw new Refused(code, `line ${parser.line}`)
  }
  parser.on('error', (error) => refuse(/entity/.test(error.message) ? 'entity' : 'not_well_formed'))
  parser.on('doctype', () => refuse('doctype'))
  parser.on('processinginstruction', ({ target, body }) => {
    if (target.toLowerCase() === 'adf') declarations.push(body)
  })
  parser.on('opentag', (tag) => {
    if (open.length >= DEPTH_LIMIT) refuse('too_deep')
    const [prefix, name] = splitName(tag.name)
    if (!root) rootPrefix = prefix
    const parent = open.at(-1) ?? null
    const index = (parent?.countByName.get(name) ?? 0) + 1
    parent?.countByName.set(name, index)
    const isForeign = prefix !== '' && prefix !== rootPrefix
    const element: Element = { name, isForeign, attributes: attributesOf(tag.attributes), text: '', children: [], parent: parent?.element ?? null, index, line: parser.line }
    parent?.element.children.push(element)
    root ??= element
    open.push({ element, countByName: new Map() })
  })
  const addText = (piece: string) => {
    const current = open.at(-1)
    if (current) current.element.text += piece
  }
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return root ? { root, declarations } : refuse('not_well_formed')
}

function attributesOf(attributes: Record<string, string>): ReadonlyMap<string, string> {
  const lowered = new Map<string, string>()
  for (const [name, value] of Object.entries(attributes)) {
    const key = name.toLowerCase()
    if (!lowered.has(key)) lowered.set(key, value)
  }
  return lowered
}

function splitName(tagName: string): [prefix: string, local: string] {
  const colon = tagName.indexOf(':')
  return colon === -1 ? ['', tagName.toLowerCase()] : [tagName.slice(0, colon).toLowerCase(), tagName.slice(colon + 1).toLowerCase()]
}
