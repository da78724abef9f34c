import { z } from 'zod'
import { get, patch, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { purposeCodes } from '../purposes.ts'

const Name = z.string().trim().max(100)
/** Zero-width and control characters are refused: they hide what is written. */
export const plain = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*$/u)
export const Phone = z.string().trim().min(5).max(40)
export const Email = z.string().trim().min(3).max(254)

/** What a person is known by. Either the parts of the name or `fullName`; at least one phone or e-mail. */
export const ContactDraft = z.object({
  surname: Name.optional(),
  given: Name.optional(),
  patronymic: Name.optional(),
  fullName: z.string().trim().max(300).optional(),
  /** How the name was written, when the sender has put its parts in order; else it follows from the fields above. Kept where it differs from the name. */
  typedName: z.string().trim().max(700).optional(),
  phones: z.array(Phone).max(5).default([]),
  emails: z.array(Email).max(5).default([]),
  birthDate: z.iso.date().optional(),
  sex: z.enum(['m', 'f']).optional(),
  address: plain(500).optional(),
})
export type ContactDraft = z.output<typeof ContactDraft>

export const Masked = z.object({ name: z.string(), phone: z.string().nullable(), email: z.string().nullable() })
export const factClassNames = ['contact', 'document', 'vehicle', 'communication'] as const

export const Contact = z.object({
  surname: z.string().optional(),
  given: z.string().optional(),
  patronymic: z.string().optional(),
  /** The whole name as it was typed, where that differs. */
  typedName: z.string().optional(),
  phones: z.array(z.object({ e164: z.string(), typed: z.string() })),
  emails: z.array(z.object({ address: z.string(), typed: z.string() })),
  birthDate: z.string().optional(),
  sex: z.enum(['m', 'f']).optional(),
  address: z.string().optional(),
})

/** What a person is known by, in clear. */
export const OpenedFacts = z.object({
  version: z.number().int(),
  contact: Contact.nullable(),
  /** `typedVin`, `typedPlate`: as they were typed, where that differs. */
  vehicles: z.array(z.object({ id: z.uuid(), vin: z.string().optional(), plate: z.string().optional(), typedVin: z.string().optional(), typedPlate: z.string().optional() })),
})
export type OpenedFacts = z.output<typeof OpenedFacts>

export const PersonRow = z.object({
  id: z.uuid(),
  masked: Masked,
  state: z.enum(['open', 'restricted', 'no_ground']),
  outletId: z.uuid().nullable(),
  responsibleId: z.uuid().nullable(),
  destroyAfter: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
})

/** What shows that a ground is there: a request, a working list, a consent, a hand-over of the network, a test drive, a file, a request of the data subject, somebody's word. */
export const evidenceKinds = ['deal', 'consent', 'transfer', 'test_drive', 'file', 'lead', 'request', 'staff'] as const
export const Ground = z.object({
  id: z.uuid(),
  activityCode: z.string(),
  activityName: z.string(),
  purposes: z.array(z.enum(purposeCodes)),
  basis: z.string(),
  legalRef: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  endedReason: z.string().nullable(),
  /** `number` of the lead, the working list or the data subject's request, `at` of the consent, the drive or the file. */
  evidence: z.object({ kind: z.enum(evidenceKinds), number: z.number().int().nullable(), at: z.iso.datetime().nullable() }).nullable(),
})

/** Why a ground ended before its term (152-ФЗ art. 21): each with the days the law gives for destruction. `unlawful` is ten working days, counted here as ten days. */
export const endReasons = ['purpose_reached', 'consent_withdrawn', 'objection', 'unlawful'] as const
export type EndReason = (typeof endReasons)[number]
export const daysToDestroy: Record<EndReason, number> = { purpose_reached: 30, consent_withdrawn: 30, objection: 30, unlawful: 10 }

export const PersonVehicle = z.object({
  id: z.uuid(),
  modelId: z.uuid().nullable(),
  model: z.string().nullable(),
  year: z.number().int().nullable(),
  relation: z.enum(['owns', 'trade_in', 'bought_here']),
  since: z.string().nullable(),
  vinTail: z.string().nullable(),
  plateMasked: z.string().nullable(),
})

export const PersonCard = PersonRow.extend({
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  restrictedAt: z.iso.datetime().nullable(),
  grounds: z.array(Ground),
  vehicles: z.array(PersonVehicle),
})

/** How a member of staff hears a consent. */
export const staffHows = ['staff_call', 'staff_paper'] as const
/** Activities for which a client may be written down by hand. Employment, answers to data subjects and recalls begin with acts of their own. */
export const activitiesByHand = ['lead', 'relations', 'marketing', 'sale', 'service', 'test_drive'] as const
/** Which consent such an activity rests on when consent is its basis; the others have none. */
export const consentOfActivity = { lead: 'request', relations: 'request', marketing: 'advertising_data' } as const

export const PersonDraft = z.object({
  contact: ContactDraft,
  outletId: z.uuid().nullable().default(null),
  /** Why this person is held from now on: an activity of the register and its basis. On consent, how it was given and under which text (the newest when left out). */
  ground: z.object({
    activityCode: z.string().max(40),
    basis: z.string().max(40),
    consent: z.object({ how: z.enum(staffHows), textId: z.uuid().optional() }).optional(),
  }),
})

const PersonId = z.object({ personId: z.uuid() })
const Purposed = z.enum(purposeCodes)

export const persons = {
  list: get('/persons', {
    can: 'person.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'Clients, masked, newest change first',
    input: z.object({ ...Paging, mine: z.stringbool().default(false) }),
    output: page(PersonRow),
  }),
  search: post('/persons/search', {
    can: 'person.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'Find people by phone, its tail, e-mail, name, VIN or plate. A POST, so that what was typed lies in no address',
    input: z.object({ query: z.string().trim().min(2).max(200), limit: z.number().int().min(1).max(50).default(20) }),
    output: z.object({ hits: z.array(PersonRow.extend({ because: z.string() })) }),
  }),
  /** A hint, also for people whom the asker may not see: then only that they exist and who can help. */
  duplicates: post('/persons/duplicates', {
    can: 'person.create',
    purpose: 'request_handling',
    personal: true,
    summary: 'Is this phone or e-mail already known?',
    input: z.object({ phones: z.array(Phone).max(5).default([]), emails: z.array(Email).max(5).default([]) }),
    output: z.object({ seen: z.array(PersonRow), hidden: z.number().int() }),
  }),
  create: post('/persons', {
    can: 'person.create',
    purpose: 'request_handling',
    summary: 'Create a person on a ground; without one it is refused',
    input: PersonDraft,
    output: z.object({ id: z.uuid() }),
  }),
  card: get('/persons/:personId', {
    can: 'person.read',
    purpose: 'request_handling',
    personal: true,
    summary: 'The card: masked facts, grounds, vehicles, destruction date',
    input: PersonId,
    output: PersonCard,
  }),
  reveal: post('/persons/:personId/reveal', {
    can: 'person.reveal',
    personal: true,
    purpose: 'request_handling',
    summary: 'Open the facts of a person for a purpose; leaves a trace',
    input: PersonId.extend({ purpose: Purposed }),
    output: OpenedFacts,
  }),
  edit: patch('/persons/:personId', {
    can: 'person.edit',
    purpose: 'request_handling',
    summary: 'Correct the contact facts; a lost update is refused',
    input: PersonId.extend({ version: z.number().int(), contact: ContactDraft }),
    output: z.object({ version: z.number().int() }),
  }),
  endGround: post('/persons/:personId/grounds/:groundId/end', {
    can: 'ground.end',
    purpose: 'rights',
    dangerous: true,
    summary: 'End a ground before its term; when it was the last, the person is due for destruction',
    input: PersonId.extend({ groundId: z.uuid(), reason: z.enum(endReasons) }),
    output: z.object({ destroyAfter: z.iso.datetime().nullable() }),
  }),
}
