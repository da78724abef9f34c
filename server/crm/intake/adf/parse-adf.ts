import { decodeDocument } from './decode-document.ts'
import { externalRefOf } from './external-ref.ts'
import type { Notebook } from './notebook.ts'
import { noteUnknown, openNotebook } from './notebook.ts'
import { readContact } from './read-contact.ts'
import { readIds } from './read-ids.ts'
import type { Element } from './read-tree.ts'
import { readTree } from './read-tree.ts'
import { readVehicle } from './read-vehicle.ts'
import { Refused } from './refused.ts'
import { readRequestDate } from './request-date.ts'
import type { AdfContact, AdfOptions, AdfParty, AdfProspect, AdfResult, AdfTimeframe } from './types.ts'

const statuses = { new: 'new', resend: 'resend' } as const
const EXTENSIONS_LIMIT = 50

/**
 * Reads an ADF 1.0 document (text, or bytes in UTF-8, UTF-16 with a mark, or the declared windows-1251/koi8-r) of at most 256 KiB.
 * Strict where it is dangerous (DOCTYPE, entities beyond the five of XML, depth over 32, NUL, bad encoding), lenient everywhere else; what was ignored or guessed is in `notices`.
 * Neither notices nor problems hold content. Throws only UnknownTimeZone, for a zone in `options` that does not exist.
 */
export function parseAdf(input: string | Uint8Array, options: AdfOptions): AdfResult {
  try {
    return readDocument(decodeDocument(input), options)
  } catch (error) {
    if (error instanceof Refused) return { problem: error.code, at: error.at }
    throw error
  }
}

function readDocument(text: string, options: AdfOptions): AdfResult {
  const { root, declarations } = readTree(text)
  if (root.name !== 'adf') throw new Refused('not_adf', `line ${root.line}`)
  const book = openNotebook()
  if (declarations.length === 0) book.note('declaration_missing', root)
  else if (!declarations.some((body) => /version\s*=\s*["']?1(?:\.0)?\b/i.test(body))) book.note('version_unknown', root)
  const prospects = book.all(root, 'prospect').map((element) => readProspect(book, element, options))
  if (prospects.length === 0) throw new Refused('no_prospect', `line ${root.line}`)
  noteUnknown(book, root)
  return { prospects, notices: book.notices }
}

function readProspect(book: Notebook, element: Element, options: AdfOptions): AdfProspect {
  const ids = readIds(book, element)
  if (ids.length === 0) book.note('id_missing', element)
  const requestDate = book.value(element, 'requestdate') ?? ''
  const vendor = readParty(book, element, 'vendor', 'vendorname')
  const requested = readRequestDate(requestDate, options.zoneOf?.(vendor) ?? options.timeZone)
  for (const code of requested.notices) book.note(code, book.all(element, 'requestdate')[0] ?? element)
  const vehicles = book.all(element, 'vehicle').map((vehicle) => readVehicle(book, vehicle))
  const customer = readCustomer(book, element)
  if (!vendor?.name) book.note('vendor_missing', element)
  const provider = readParty(book, element, 'provider', 'name')
  const contact = customer.contact
  return {
    externalRef: externalRefOf({ ids, provider, vendor, requestDate, contact, vehicles }, options.referenceKey),
    isResend: book.choice(element, 'status', statuses, 'new') === 'resend',
    ids,
    requestedAt: requested.at,
    vehicles,
    customer,
    vendor,
    provider,
    extensions: readExtensions(book, element),
  }
}

function readCustomer(book: Notebook, prospect: Element): AdfProspect['customer'] {
  const element = book.one(prospect, 'customer')
  if (!element) {
    book.note('customer_missing', prospect)
    return { ids: [], contact: emptyContact(), timeframe: null, comments: null }
  }
  const found = book.one(element, 'contact')
  const contact = found ? readContact(book, found) : emptyContact()
  if (contact.phones.length === 0 && contact.emails.length === 0) book.note('contact_missing', found ?? element)
  return { ids: readIds(book, element), contact, timeframe: readTimeframe(book, element), comments: book.comment(element, 'comments') }
}

function emptyContact(): AdfContact {
  return { name: { surname: null, given: null, patronymic: null, company: null, full: null, isGuess: false }, emails: [], phones: [], address: null }
}

function readTimeframe(book: Notebook, customer: Element): AdfTimeframe | null {
  const element = book.one(customer, 'timeframe')
  if (!element) return null
  const frame = {
    description: book.value(element, 'description') ?? (book.text(element) || null),
    earliest: book.value(element, 'earliestdate'),
    latest: book.value(element, 'latestdate'),
  }
  return frame.description || frame.earliest || frame.latest ? frame : null
}

function readParty(book: Notebook, prospect: Element, name: 'vendor' | 'provider', nameElement: 'vendorname' | 'name'): AdfParty | null {
  const element = book.one(prospect, name)
  if (!element) return null
  const contact = book.one(element, 'contact')
  return {
    ids: readIds(book, element),
    name: book.value(element, nameElement),
    service: book.value(element, 'service'),
    url: book.value(element, 'url'),
    contact: contact && readContact(book, contact),
  }
}

/** Elements of other namespaces directly in the prospect or its customer: a rule of the source may know them, we do not. */
function readExtensions(book: Notebook, prospect: Element): { name: string; value: string }[] {
  const places = [prospect, ...book.all(prospect, 'customer')]
  const foreign = places.flatMap((place) => place.children.filter((child) => child.isForeign && child.children.length === 0))
  return foreign.slice(0, EXTENSIONS_LIMIT).map((child) => ({ name: child.name.slice(0, 100), value: book.text(child) }))
}
