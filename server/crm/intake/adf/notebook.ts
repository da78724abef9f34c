import type { Element } from './read-tree.ts'
import type { AdfNotice, AdfNoticeCode } from './types.ts'

const NOTICES_LIMIT = 100
const VALUE_LIMIT = 500
const COMMENT_LIMIT = 20_000

/** What is known below each element of ADF 1.0. Anything else is recorded and passed over: the DTD is broken in every copy, so it judges nobody. */
const children: Record<string, readonly string[]> = {
  adf: ['prospect'],
  prospect: ['id', 'requestdate', 'vehicle', 'customer', 'vendor', 'provider'],
  vehicle: [
    'id',
    'year',
    'make',
    'model',
    'vin',
    'stock',
    'trim',
    'doors',
    'bodystyle',
    'transmission',
    'odometer',
    'condition',
    'colorcombination',
    'imagetag',
    'price',
    'pricecomments',
    'option',
    'finance',
    'comments',
  ],
  colorcombination: ['interiorcolor', 'exteriorcolor', 'preference'],
  option: ['optionname', 'manufacturercode', 'stock', 'weighting', 'price'],
  finance: ['method', 'amount', 'balance'],
  customer: ['contact', 'id', 'timeframe', 'comments'],
  timeframe: ['description', 'earliestdate', 'latestdate'],
  vendor: ['id', 'vendorname', 'url', 'contact'],
  provider: ['id', 'name', 'service', 'url', 'email', 'phone', 'contact'],
  contact: ['name', 'email', 'phone', 'address'],
  address: ['street', 'apartment', 'city', 'regioncode', 'postalcode', 'country'],
}

/** Reads values out of elements and keeps the notices of one document. */
export type Notebook = {
  notices: AdfNotice[]
  note: (code: AdfNoticeCode, element: Element) => void
  /** Children of that name, of ADF itself. */
  all: (element: Element, name: string) => Element[]
  /** The first of them; the others are noted as repeated. */
  one: (element: Element, name: string) => Element | null
  /** Text of the first child of that name in one line, at most 500 characters; null when empty. */
  value: (element: Element, name: string) => string | null
  /** Own text of an element in one line; '' when empty. */
  text: (element: Element) => string
  /** Text with its lines, at most 20 000 characters; null when empty. */
  comment: (element: Element, name: string) => string | null
  /** The value of an attribute among the known ones, else `otherwise`, noted when it was something else. */
  choice: <T extends string, F>(element: Element, attribute: string, known: Readonly<Record<string, T>>, otherwise: F) => T | F
}

/** Starts the notes of one document. */
export function openNotebook(): Notebook {
  const notices: AdfNotice[] = []
  const note = (code: AdfNoticeCode, element: Element) => {
    if (notices.length < NOTICES_LIMIT) notices.push({ code, at: placeOf(element) })
    else if (notices.length === NOTICES_LIMIT) notices.push({ code: 'more_notices', at: placeOf(element) })
  }
  const cut = (text: string, limit: number, element: Element) => {
    if (text.length <= limit) return text
    note('value_too_long', element)
    return text.slice(0, limit)
  }
  const text = (element: Element) => cut(element.text.split(/\s+/).filter(Boolean).join(' '), VALUE_LIMIT, element)
  const all = (element: Element, name: string) => element.children.filter((child) => child.name === name && !child.isForeign)
  const one = (element: Element, name: string) => {
    const [first, second] = all(element, name)
    if (second) note('value_repeated', second)
    return first ?? null
  }
  const value = (element: Element, name: string) => {
    const child = one(element, name)
    return (child && text(child)) || null
  }
  const comment = (element: Element, name: string) => {
    const pieces = all(element, name)
      .map((child) => child.text.trim())
      .filter(Boolean)
    return cut(pieces.join('\n'), COMMENT_LIMIT, element) || null
  }
  const choice: Notebook['choice'] = (element, attribute, known, otherwise) => {
    const written = element.attributes.get(attribute)?.trim().toLowerCase()
    if (!written) return otherwise
    const found = Object.hasOwn(known, written) ? known[written] : undefined
    if (found === undefined) note('unknown_value', element)
    return found ?? otherwise
  }
  return { notices, note, all, one, value, text, comment, choice }
}

function isKnown(element: Element): boolean {
  if (element.isForeign) return false
  const parent = element.parent
  if (!parent) return element.name === 'adf'
  return Object.hasOwn(children, parent.name) && (children[parent.name] ?? []).includes(element.name)
}

/** Path of known names and the line. A name that is not ADF's may hold anything, so it is shown as `*`. */
function placeOf(element: Element): string {
  const steps: string[] = []
  for (let at: Element | null = element; at; at = at.parent) {
    const name = isKnown(at) ? at.name : '*'
    steps.unshift(at.parent && name !== '*' && at.index > 1 ? `${name}[${at.index}]` : name)
  }
  return `${steps.join('/')} line ${element.line}`
}

/** Notes every element that will not be read. What stands inside an unknown element is unknown with it. */
export function noteUnknown(book: Notebook, root: Element): void {
  const left = [...root.children]
  for (let element = left.pop(); element; element = left.pop()) {
    if (isKnown(element)) left.push(...element.children.toReversed())
    else book.note(element.isForeign ? 'extension' : 'unknown_element', element)
  }
}
