import { z } from 'zod'
import { auditEvents, type AuditEvent } from '../audit-events.ts'
import { consentHows, consentKinds, consentStates, ConsentNow, ConsentText, channels } from '../consent/consent.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Contact, factClassNames, Ground, Masked } from '../people/person.ts'
import { purposeCodes } from '../purposes.ts'

const eventNames = Object.keys(auditEvents) as [AuditEvent, ...AuditEvent[]]
const about = { can: 'own.data', purpose: 'rights', personal: true } as const
const PersonId = z.object({ personId: z.uuid() })
const Who = PersonId.extend({ masked: Masked })

/** Why something is held: the line of the register, and until when. */
export const OwnGround = Ground.omit({ evidence: true }).extend({
  classes: z.array(z.enum(factClassNames)),
  retentionDays: z.number().int(),
  retentionFrom: z.string(),
  destruction: z.string(),
})

export const sourceKinds = ['lead', 'import', 'staff', 'transfer', 'company'] as const
/** Where the data came from (152-ФЗ art. 14 ч.7 п.5). `name`: what the company calls the source, or who handed it over. */
export const OwnSource = z.object({ kind: z.enum(sourceKinds), name: z.string().nullable(), at: z.iso.datetime() })

export const recordKinds = ['lead', 'deal', 'test_drive', 'interaction', 'task', 'request', 'evidence', 'other'] as const
/** Something that was written down about the person. `word` and `about` are codes of the contract or a model's name; `text` is what was said, word for word. */
export const OwnRecord = z.object({
  id: z.uuid(),
  kind: z.enum(recordKinds),
  at: z.iso.datetime().nullable(),
  word: z.string().nullable(),
  about: z.string().nullable(),
  text: z.string().nullable(),
})

export const OwnPerson = Who.extend({
  heldSince: z.iso.datetime(),
  restrictedAt: z.iso.datetime().nullable(),
  /** The day of destruction; null while some ground has no end yet. */
  destroyAfter: z.iso.datetime().nullable(),
  contact: Contact.nullable(),
  vehicles: z.array(
    z.object({
      id: z.uuid(),
      model: z.string().nullable(),
      year: z.number().int().nullable(),
      relation: z.enum(['owns', 'trade_in', 'bought_here']).nullable(),
      vin: z.string().nullable(),
      plate: z.string().nullable(),
      /** As they were typed, where that differs. */
      typedVin: z.string().nullable(),
      typedPlate: z.string().nullable(),
    }),
  ),
  documents: z.array(z.object({ id: z.uuid(), licenceTail: z.string().nullable(), licenceCheckedOn: z.string().nullable(), licenceValidTo: z.string().nullable() })),
  records: z.array(OwnRecord),
  grounds: z.array(OwnGround),
  sources: z.array(OwnSource),
})
export type OwnPerson = z.output<typeof OwnPerson>

export const OwnConsentEvent = z.object({
  id: z.uuid(),
  kind: z.enum(consentKinds),
  state: z.enum(consentStates),
  how: z.enum(consentHows),
  at: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  /** Null where a "no" needed no text. */
  textId: z.uuid().nullable(),
  textVersion: z.number().int().nullable(),
  textSha256: z.string().nullable(),
})
export const OwnConsents = z.object({
  persons: z.array(Who.extend({ now: z.array(ConsentNow), events: z.array(OwnConsentEvent), objected: z.array(z.enum(channels)) })),
  /** Every text that one of the events speaks of, word for word. */
  texts: z.array(ConsentText.pick({ id: true, kind: true, version: true, body: true, bodySha256: true, publishedAt: true })),
})
export type OwnConsents = z.output<typeof OwnConsents>

export const OwnRecipient = z.object({
  personId: z.uuid(),
  name: z.string(),
  basis: z.string(),
  what: z.array(z.enum(factClassNames)),
  at: z.iso.datetime(),
})

/** Somebody looked: by position, never by name. `position` is null for machines and for the person themself. */
export const OwnLook = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  event: z.enum(eventNames),
  purpose: z.enum(purposeCodes).nullable(),
  by: z.enum(['staff', 'key', 'job', 'subject', 'visitor', 'support', 'platform']),
  position: z.string().nullable(),
})
export type OwnLook = z.output<typeof OwnLook>

const Operator = z.object({ name: z.string(), address: z.string(), inn: z.string(), ogrn: z.string() })
/** Who keeps the data by the operator's instruction (152-ФЗ art. 14 ч.7 п.9); null when that is the operator itself. */
const Processor = z.object({ name: z.string(), address: z.string() }).nullable()
/** Somebody whose page this was is not held any more: the act that says so. */
const Gone = z.object({ actNumber: z.number().int(), at: z.iso.datetime() })

export const own = {
  show: get('/own', {
    ...about,
    summary: 'Whose page this is; and of those who were destroyed meanwhile, the number of the act',
    input: z.object({}),
    output: z.object({
      operator: Operator,
      /** False: others have this address too. Then a name is a hint, nothing is read, and what is asked for waits until the officer knows who asks. */
      isProved: z.boolean(),
      persons: z.array(Who.extend({ restrictedAt: z.iso.datetime().nullable(), destroyAfter: z.iso.datetime().nullable() })),
      gone: z.array(Gone),
    }),
  }),
  held: get('/own/data', {
    ...about,
    summary: 'What is held about me, from where, why, on which basis and until when (152-FZ art. 14 part 7)',
    input: z.object({}),
    output: z.object({ operator: Operator, processor: Processor, persons: z.array(OwnPerson) }),
  }),
  consents: get('/own/consents', {
    ...about,
    summary: 'What I consented to, refused and withdrew, with the texts word for word',
    input: z.object({}),
    output: OwnConsents,
  }),
  recipients: get('/own/recipients', {
    ...about,
    summary: 'Who outside the company received my data',
    input: z.object({}),
    output: z.object({ persons: z.array(Who), rows: z.array(OwnRecipient) }),
  }),
  looks: get('/own/persons/:personId/looks', {
    ...about,
    summary: 'Who looked at my data, by position, newest first',
    input: PersonId.extend(Paging),
    output: page(OwnLook),
  }),
  copy: get('/own/copy', {
    ...about,
    summary: 'A copy of all of it, machine-readable',
    input: z.object({}),
    output: z.object({
      madeAt: z.iso.datetime(),
      operator: Operator,
      processor: Processor,
      persons: z.array(OwnPerson),
      consents: OwnConsents,
      recipients: z.array(OwnRecipient),
      looks: z.array(OwnLook.extend(PersonId.shape)),
    }),
  }),
  withdraw: post('/own/persons/:personId/consents/:kind/withdraw', {
    can: 'own.data',
    purpose: 'rights',
    summary: 'Withdraw a consent (152-FZ art. 9 part 2); what rested on it alone is destroyed',
    input: PersonId.extend({ kind: z.enum(consentKinds) }),
    output: z.object({ eventId: z.uuid(), destroyAfter: z.iso.datetime().nullable() }),
  }),
  stopMarketing: post('/own/persons/:personId/stop-marketing', {
    can: 'own.data',
    purpose: 'rights',
    summary: 'Stop all advertising on every channel at once (152-FZ art. 15 part 2)',
    input: PersonId,
    output: z.object({ stopped: z.literal(true) }),
  }),
  leave: post('/own/leave', { can: 'own.data', summary: 'Close my page on this device', input: z.object({}), output: z.object({ left: z.literal(true) }) }),
}
