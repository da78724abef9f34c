import { z } from 'zod'
import { purposeCodes } from '../../contract/purposes.ts'
import { factClasses } from './protocol.ts'

/** The shapes of what may come through the socket. The caller is not believed: everything has a form and a limit. */
const MAX_ITEMS = 1_000

/** PostgreSQL's own writing of a uuid: what goes into array texts and into the log. */
const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const token = z.string().max(200)
const word = z.string().max(500)
const door = z.string().min(1).max(200)
const purpose = z.enum(purposeCodes)
const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'))
const version = z.int().min(1).max(2_000_000_000)

const asker = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('session'), token }),
  z.object({ kind: z.literal('key'), token }),
  z.object({ kind: z.literal('job'), task: word, jobId: z.string().regex(/^\d{1,18}$/) }),
  z.object({ kind: z.literal('site'), evenClosed: z.literal(true).exactOptional() }),
  z.object({ kind: z.literal('subject'), token }),
])

const contact = z.object({
  surname: word.optional(),
  given: word.optional(),
  patronymic: word.optional(),
  typedName: z.string().max(1_000).optional(),
  phones: z.array(z.object({ e164: word, typed: word })).max(20),
  emails: z.array(z.object({ address: word, typed: word })).max(20),
  birthDate: z.string().max(10).optional(),
  sex: z.enum(['m', 'f']).optional(),
  address: z.string().max(2_000).optional(),
})
const place = { personId: uuid, recordId: uuid, version }
const sealItem = z.discriminatedUnion('class', [
  z.object({ ...place, class: z.literal('contact'), facts: contact }),
  z.object({
    ...place,
    class: z.literal('document'),
    facts: z.object({ licenceCheckedOn: z.string().max(10).exactOptional(), licenceValidTo: z.string().max(10).exactOptional(), licenceTail: z.string().max(20).exactOptional() }),
  }),
  z.object({
    ...place,
    class: z.literal('vehicle'),
    facts: z.object({ vin: word.optional(), plate: word.optional(), bodyNumber: word.optional(), typedVin: word.optional(), typedPlate: word.optional() }),
  }),
  z.object({ ...place, class: z.literal('communication'), facts: z.object({ text: z.string().max(100_000) }) }),
])

const asked = { asker, tenantId: uuid }
const people = z.array(uuid).max(MAX_ITEMS)

export const requests = {
  seal: z.object({ ...asked, items: z.array(sealItem).max(MAX_ITEMS) }),
  reveal: z.object({
    ...asked,
    request: z.object({
      purpose,
      personIds: people,
      classes: z.array(z.enum(factClasses)).max(factClasses.length),
      recordIds: z.array(uuid).max(MAX_ITEMS).exactOptional(),
      masked: z.boolean(),
      namesOnly: z.literal(true).exactOptional(),
      door,
    }),
  }),
  search: z.object({ ...asked, request: z.object({ purpose, query: z.string().max(200), limit: z.int().min(1).max(100), door }) }),
  match: z.object({
    ...asked,
    request: z.object({ items: z.array(z.object({ phones: z.array(word).max(20), emails: z.array(word).max(20), vins: z.array(word).max(20) })).max(MAX_ITEMS), door }),
  }),
  holders: z.object({ ...asked, request: z.object({ personId: uuid, door }) }),
  turnKeys: z.object({ tenantId: uuid, phones: z.array(word).max(20 * MAX_ITEMS), emails: z.array(word).max(20 * MAX_ITEMS) }),
  addressTokens: z.object({
    ...asked,
    request: z.object({ personId: uuid.exactOptional(), emails: z.array(word).max(20).exactOptional(), phones: z.array(word).max(20).exactOptional(), door }),
  }),
  addressTokensOf: z.object({ ...asked, request: z.object({ personIds: people, door }) }),
  networkTokens: z.object({ ...asked, request: z.object({ personId: uuid, networkTenantId: uuid, door }) }),
  sealRecord: z.object({ ...asked, recordId: uuid, bytes: base64 }),
  openRecord: z.object({ ...asked, request: z.object({ purpose, recordId: uuid, door }) }),
  fileKey: z.object({ ...asked, fileId: uuid }),
  openFileKey: z.object({ ...asked, request: z.object({ purpose, fileId: uuid, door }) }),
  destroy: z.object({ ...asked, subjectIds: people, reason: z.string().min(1).max(200) }),
  loginToken: z.object({ email: z.string().max(320) }),
  protect: z.object({ context: z.string().max(200), bytes: base64 }),
  unprotect: z.object({ context: z.string().max(200), sealed: base64 }),
} as const

export type Method = keyof typeof requests
export type RequestOf<M extends Method> = z.output<(typeof requests)[M]>
export const isMethod = (name: unknown): name is Method => typeof name === 'string' && Object.hasOwn(requests, name)

/** `i` numbers the requests of a connection; an answer carries the same number and either `r` or the code `e`. */
export const envelope = z.object({ i: z.int().min(0), m: z.string(), a: z.unknown() })
export const hello = z.object({ token: z.string().max(200) })
export type Answer = { i: number; r?: unknown; e?: string }
