import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { plain, staffHows } from '../people/person.ts'

/** One kind = one purpose, and for advertising one channel (152-ФЗ art. 9, 15; 38-ФЗ art. 18). */
export const consentKinds = ['request', 'advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call', 'cookies_analytics', 'cookies_marketing'] as const
export type ConsentKind = (typeof consentKinds)[number]
export const consentStates = ['given', 'refused', 'withdrawn', 'expired'] as const
/** How a word reached us; `clock`: nobody said it, its term was over. */
export const consentHows = ['site', 'portal', 'staff_call', 'staff_paper', 'unsubscribe_link', 'import', 'clock'] as const
export type ConsentHow = Exclude<(typeof consentHows)[number], 'clock'>
export const channels = ['email', 'sms', 'call'] as const
export type Channel = (typeof channels)[number]
/** What a message is for: an answer to the person's own request or contract, or advertising. */
export const messageKinds = ['service', 'advertising'] as const
export type MessageKind = (typeof messageKinds)[number]
/** Which consent allows advertising on a channel (38-ФЗ art. 18 ч.1). */
export const consentOfChannel = { email: 'advertising_email', sms: 'advertising_sms', call: 'advertising_call' } as const satisfies Record<Channel, ConsentKind>

const Words = plain(2_000).min(3)
const Party = z.object({ name: plain(300).min(2), address: plain(500).min(5) })

/**
 * What a consent must say (152-ФЗ art. 9 ч.4 п.3–8). Items 1, 2 and 9 are the person's own: given on a screen, they are the event and its sealed
 * evidence; on paper (`form: 'written'`) the text ends with their lines, to be filled in by hand. The text is made of these parts, so none can be forgotten.
 */
export const ConsentParts = z.object({
  /** Signed on paper (art. 9 ч.4); left out: given by a tick of one's own. */
  form: z.literal('written').optional(),
  operator: Party,
  purpose: Words,
  data: z.array(plain(200).min(2)).min(1).max(50),
  processors: z.array(Party).max(20),
  operations: z.array(plain(200).min(3)).min(1).max(30),
  methods: Words,
  term: Words,
  withdrawal: Words,
})
export type ConsentParts = z.output<typeof ConsentParts>

export const ConsentText = z.object({
  id: z.uuid(),
  kind: z.enum(consentKinds),
  version: z.number().int(),
  parts: ConsentParts,
  body: z.string(),
  bodySha256: z.string(),
  validDays: z.number().int(),
  publishedAt: z.iso.datetime(),
})
export const ConsentNow = z.object({
  kind: z.enum(consentKinds),
  state: z.enum(['absent', ...consentStates]),
  textVersion: z.number().int().nullable(),
  at: z.iso.datetime().nullable(),
  validUntil: z.iso.datetime().nullable(),
  eventId: z.uuid().nullable(),
})
export const ConsentEvent = z.object({
  id: z.uuid(),
  kind: z.enum(consentKinds),
  state: z.enum(consentStates),
  how: z.enum(consentHows),
  /** The page or door, when it was one of ours. */
  place: z.string().nullable(),
  byId: z.uuid().nullable(),
  at: z.iso.datetime(),
  validUntil: z.iso.datetime().nullable(),
  /** Null: a "no" where no text was ever published. */
  textId: z.uuid().nullable(),
  textVersion: z.number().int().nullable(),
  textSha256: z.string().nullable(),
})

/** Why someone may or may not be contacted; the screen tells each in words. */
export const verdictReasons = [
  'service_ground',
  'consents',
  'restricted',
  'no_ground',
  'no_address',
  'objection',
  'data_consent_absent',
  'data_consent_refused',
  'data_consent_withdrawn',
  'data_consent_expired',
  'channel_consent_absent',
  'channel_consent_refused',
  'channel_consent_withdrawn',
  'channel_consent_expired',
] as const
export type VerdictReason = (typeof verdictReasons)[number]
/** The answer of the one function that nothing is sent or dialled without. `consentEventId` is the event it rests on, when there is one. */
export const Verdict = z.object({ may: z.boolean(), because: z.enum(verdictReasons), consentEventId: z.uuid().nullable(), textVersion: z.number().int().nullable() })
/** The same for every channel and kind of message at once, as the card shows it. */
export const ChannelVerdict = Verdict.extend({ channel: z.enum(channels), messageKind: z.enum(messageKinds) })

const PersonId = z.object({ personId: z.uuid() })

export const consents = {
  publishText: post('/consent-texts', {
    can: 'consent_text.publish',
    summary: 'Publish the next version of a consent text; it can never be changed',
    input: z.object({ kind: z.enum(consentKinds), parts: ConsentParts, validDays: z.number().int().min(1).max(3650) }),
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
  texts: get('/consent-texts', {
    can: 'consent.read',
    summary: 'All published texts, newest version first',
    input: z.object({ kind: z.enum(consentKinds).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
    output: z.object({ rows: z.array(ConsentText) }),
  }),
  text: get('/consent-texts/:textId', {
    can: 'consent.read',
    summary: 'One published text, word for word as it was shown',
    input: z.object({ textId: z.uuid() }),
    output: ConsentText,
  }),
  ofPerson: get('/persons/:personId/consents', {
    can: 'consent.read',
    purpose: 'rights',
    summary: 'What this person has said, by kind, and every event behind it',
    input: PersonId,
    output: z.object({ now: z.array(ConsentNow), events: z.array(ConsentEvent) }),
  }),
  record: post('/persons/:personId/consents', {
    can: 'consent.record',
    purpose: 'rights',
    summary: 'Write down a consent, a refusal or a withdrawal. An unticked box is nothing of these',
    input: PersonId.extend({
      kind: z.enum(consentKinds),
      state: z.enum(['given', 'refused', 'withdrawn']),
      how: z.enum(staffHows),
      /** The text that was read out or signed; the newest when left out. */
      textId: z.uuid().optional(),
    }),
    output: z.object({ eventId: z.uuid() }),
  }),
  mayContact: get('/persons/:personId/may-contact', {
    can: 'consent.read',
    purpose: 'request_handling',
    summary: 'May I write or call this person on this channel for this?',
    input: PersonId.extend({ channel: z.enum(channels), messageKind: z.enum(messageKinds) }),
    output: Verdict,
  }),
  contacting: get('/persons/:personId/contacting', {
    can: 'consent.read',
    purpose: 'request_handling',
    summary: 'May I write or call, on every channel and for every kind of message, and why?',
    input: PersonId,
    output: z.object({ verdicts: z.array(ChannelVerdict) }),
  }),
}
