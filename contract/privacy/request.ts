import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Contact, ContactDraft, Masked, plain } from '../people/person.ts'
import { termCodes } from './term.ts'

/** What a person may ask for about their own data (152-ФЗ art. 9, 14–16, 20, 21), and what the regulator may ask for about theirs (art. 20 ч.4). */
export const requestKinds = ['access', 'rectify', 'block', 'destroy', 'stop', 'withdraw', 'stop_marketing', 'auto_objection', 'regulator'] as const
export type RequestKind = (typeof requestKinds)[number]
export const requestChannels = ['portal', 'email', 'paper', 'phone'] as const
export type RequestChannel = (typeof requestChannels)[number]
export const requestStates = ['new', 'in_work', 'answered', 'refused', 'executed'] as const
export type RequestState = (typeof requestStates)[number]
/** How we know that it is them: the session of their own page, a document that was shown, or that they are known at the office. */
export const identityWays = ['portal', 'document', 'office'] as const
export const requestViews = ['open', 'due_soon', 'overdue', 'answered'] as const
export type RequestView = (typeof requestViews)[number]

/** Why a "no" is lawful, each with its article, and to which requests it may be said. A demand to stop advertising is never refused. */
export const refusals = {
  repeat: { article: 'ст. 14 ч. 4, 6', kinds: ['access'] },
  not_conforming: { article: 'ст. 14 ч. 3', kinds: ['access', 'rectify', 'block', 'destroy', 'stop', 'withdraw', 'auto_objection'] },
  third_party_rights: { article: 'ст. 14 ч. 8 п. 4', kinds: ['access'] },
  law_enforcement: { article: 'ст. 14 ч. 8 п. 2', kinds: ['access'] },
  aml: { article: 'ст. 14 ч. 8 п. 3', kinds: ['access'] },
  defence: { article: 'ст. 14 ч. 8 п. 1', kinds: ['access'] },
  not_proved: { article: 'ст. 20 ч. 3', kinds: ['rectify', 'destroy', 'block'] },
  other_grounds: { article: 'ст. 9 ч. 2, ст. 21 ч. 5, 5.1', kinds: ['destroy', 'stop', 'withdraw'] },
  no_automated: { article: 'ст. 16 ч. 1', kinds: ['auto_objection'] },
} as const satisfies Record<string, { article: string; kinds: readonly RequestKind[] }>
export type RefusalReason = keyof typeof refusals
export const refusalReasons = Object.keys(refusals) as [RefusalReason, ...RefusalReason[]]
export const refusalsFor = (kind: RequestKind): RefusalReason[] => refusalReasons.filter((reason) => (refusals[reason].kinds as readonly RequestKind[]).includes(kind))

/** Why an answer takes longer (art. 14 ч.3): goes into the notice word for word. */
export const extensionReasons = ['many_records', 'other_holders', 'identity_check', 'archive'] as const
export type ExtensionReason = (typeof extensionReasons)[number]
/** Why the term cannot be extended now. */
export const noExtension = ['term_has_none', 'over', 'extended_already', 'closed'] as const

export const requestEventKinds = ['received', 'identified', 'taken', 'restricted', 'lifted', 'extended', 'packed', 'answered', 'refused', 'executed', 'told', 'untold'] as const

/** Counts of whole days: positive, so many are left; negative, so many late. */
const Due = z.object({
  term: z.enum(termCodes),
  article: z.string(),
  /** Our own day of doing it: the last working day inside the term. */
  dueOn: z.iso.date(),
  /** The last day of the term itself. */
  endsOn: z.iso.date(),
  daysLeft: z.number().int(),
  extendedTo: z.iso.date().nullable(),
})

export const RequestRow = z.object({
  id: z.uuid(),
  number: z.number().int(),
  kind: z.enum(requestKinds),
  channel: z.enum(requestChannels),
  state: z.enum(requestStates),
  receivedOn: z.iso.date(),
  due: Due,
  identity: z.enum(['unknown', ...identityWays]),
  /** Null when the person is destroyed. */
  personId: z.uuid().nullable(),
  masked: Masked.nullable(),
  isRepeat: z.boolean(),
  isRestricted: z.boolean(),
  responsibleId: z.uuid().nullable(),
  answeredAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
})
export type RequestRow = z.output<typeof RequestRow>

export const RequestEvent = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(requestEventKinds),
  byId: z.uuid().nullable(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hasText: z.boolean(),
})

export const RequestCard = RequestRow.extend({
  version: z.number().int(),
  hasWords: z.boolean(),
  hasDraft: z.boolean(),
  refusal: z.object({ reason: z.enum(refusalReasons), article: z.string() }).nullable(),
  repeatOf: z.object({ number: z.number().int(), receivedOn: z.iso.date() }).nullable(),
  extension: z.object({ may: z.boolean(), because: z.enum(noExtension).nullable(), lastDay: z.iso.date().nullable(), hasEmail: z.boolean() }),
  refusalsNow: z.array(z.enum(refusalReasons)),
  answer: z.object({ pdfId: z.uuid().nullable(), jsonId: z.uuid().nullable() }),
  destroyAfter: z.iso.datetime().nullable(),
  liveGrounds: z.array(z.object({ id: z.uuid(), activity: z.string(), basis: z.string(), since: z.iso.datetime(), until: z.iso.datetime().nullable() })),
  history: z.array(RequestEvent),
  names: z.array(z.object({ id: z.uuid(), name: z.string(), position: z.string() })),
})
export type RequestCard = z.output<typeof RequestCard>

/** Who asks: somebody held already, or somebody whom the request itself makes known (on the ground `rights`). */
const Who = z.union([z.object({ personId: z.uuid() }), z.object({ contact: ContactDraft })])
export const RequestDraft = z.object({
  who: Who,
  kind: z.enum(requestKinds),
  channel: z.enum(['email', 'paper', 'phone']),
  /** The day it reached us; the day an inaccuracy or illegality was proved, when that was later. */
  receivedOn: z.iso.date(),
  provedOn: z.iso.date().optional(),
  words: plain(20_000),
})

/** Whoever asks for somebody else: who they are, the document that was shown, and the paper that lets them (art. 9 ч.1, 14 ч.3: power of attorney, parent, guardian). */
export const Representative = z.object({ name: plain(300).min(3), document: plain(500).min(5), powers: plain(500).min(5) })
export type Representative = z.output<typeof Representative>

const RequestId = z.object({ requestId: z.uuid() })
const Change = RequestId.extend({ version: z.number().int() })
const Changed = z.object({ version: z.number().int(), state: z.enum(requestStates) })
const about = { purpose: 'rights', personal: true } as const
const handling = { can: 'request.handle', purpose: 'rights' } as const

/** One item of art. 14 ч.7 before it is sealed: what stands in it, and the words of staff that the officer may put in or leave out. */
export const PackPreview = z.object({
  items: z.array(z.object({ code: z.string(), title: z.string(), lines: z.number().int() })),
  staffTexts: z.array(z.object({ recordId: z.uuid(), at: z.iso.datetime(), table: z.string(), text: z.string() })),
})

/** A file on its way to a screen. */
export const Download = z.object({ name: z.string(), type: z.string(), base64: z.base64() })

export const requests = {
  list: get('/requests', {
    can: 'request.read',
    ...about,
    summary: 'Requests of data subjects with their terms, the nearest first',
    input: z.object({ ...Paging, view: z.enum(requestViews).default('open'), kind: z.enum(requestKinds).optional() }),
    output: page(RequestRow),
  }),
  counts: get('/requests/counts', {
    can: 'request.read',
    summary: 'How many requests wait in each view',
    input: z.object({}),
    output: z.record(z.enum(requestViews), z.number().int()),
  }),
  file: post('/requests', {
    ...handling,
    summary: 'Write down a request that came by e-mail, on paper or by phone; whoever is not held yet is held on the ground of their rights',
    input: RequestDraft,
    output: z.object({ id: z.uuid(), number: z.number().int(), personId: z.uuid(), isRepeat: z.boolean() }),
  }),
  card: get('/requests/:requestId', { can: 'request.read', ...about, summary: 'One request: who, what, until when, what was done', input: RequestId, output: RequestCard }),
  words: post('/requests/:requestId/words', {
    ...handling,
    ...about,
    summary: 'Open what the person wrote, what was answered, and the corrections they propose; leaves a trace',
    input: RequestId,
    output: z.object({
      words: z.string().nullable(),
      draft: ContactDraft.nullable(),
      contact: Contact.nullable(),
      texts: z.array(z.object({ eventId: z.uuid(), text: z.string() })),
    }),
  }),
  take: post('/requests/:requestId/take', { ...handling, summary: 'Take a request into work', input: Change, output: Changed }),
  identify: post('/requests/:requestId/identify', {
    ...handling,
    summary: 'Record how the identity was proved; of a representative with the document and the powers that were shown, sealed with the person',
    input: Change.extend({ how: z.enum(['document', 'office']), representative: Representative.optional() }),
    output: Changed,
  }),
  restrict: post('/requests/:requestId/restrict', {
    ...handling,
    summary: 'Stop all processing of the person at once while this is looked into (art. 21 ч.1), or lift that again',
    input: Change.extend({ isRestricted: z.boolean() }),
    output: Changed,
  }),
  extend: post('/requests/:requestId/extend', {
    ...handling,
    summary: 'Extend the term where the law allows it: counts only with the reasoned notice sent, before the term is over',
    input: Change.extend({
      days: z.number().int().min(1).max(5),
      reason: z.enum(extensionReasons),
      /** A letter that we queue, or one that went by post on this day. */
      notice: z.discriminatedUnion('by', [z.object({ by: z.literal('email') }), z.object({ by: z.literal('post'), sentOn: z.iso.date() })]),
    }),
    output: Changed.extend({ extendedTo: z.iso.date() }),
  }),
  refuse: post('/requests/:requestId/refuse', {
    ...handling,
    summary: 'Refuse with a reason that the law knows for this kind of request',
    input: Change.extend({ reason: z.enum(refusalReasons), words: plain(5_000).min(10) }),
    output: Changed,
  }),
  previewPack: get('/requests/:requestId/pack', {
    ...handling,
    ...about,
    summary: 'What the answer of art. 14 ч.7 would hold, before it is made',
    input: RequestId,
    output: PackPreview,
  }),
  makePack: post('/requests/:requestId/pack', {
    ...handling,
    summary: 'Make the answer with all items of art. 14 ч.7 as PDF and JSON, sealed; words of staff only where chosen',
    input: Change.extend({ includeTexts: z.array(z.uuid()).max(1_000).default([]), language: z.enum(['ru', 'en']).default('ru') }),
    output: Changed.extend({ pdfId: z.uuid(), jsonId: z.uuid() }),
  }),
  answerFile: get('/requests/:requestId/answer', {
    ...handling,
    ...about,
    summary: 'Download the answer; leaves a trace',
    input: RequestId.extend({ form: z.enum(['pdf', 'json']).default('pdf') }),
    output: Download,
  }),
  answer: post('/requests/:requestId/answer', {
    ...handling,
    summary: 'Hand the answer over: on the person’s own page with a letter that says so, or in the form the request came in',
    input: Change.extend({ words: plain(5_000).optional() }),
    output: Changed,
  }),
  execute: post('/requests/:requestId/execute', {
    ...handling,
    summary: 'Do what was asked: correct, end grounds, stop advertising, lift a restriction, decide on an objection (in words for the person: art. 16 ч.4)',
    input: Change.extend({ words: plain(5_000).min(10).optional(), contact: ContactDraft.optional(), groundIds: z.array(z.uuid()).max(50).optional() }),
    output: Changed,
  }),
  destroy: post('/requests/:requestId/destroy', {
    ...handling,
    dangerous: true,
    summary: 'Destroy the person as they demand: every ground ends, keys, rows and files go, the act of order 179 is written',
    input: Change.extend({ reason: z.enum(['consent_withdrawn', 'stop_demand', 'unlawful', 'not_needed']) }),
    output: z.object({ actId: z.uuid() }),
  }),
}

export const OwnRequest = z.object({
  id: z.uuid(),
  number: z.number().int(),
  kind: z.enum(requestKinds),
  state: z.enum(requestStates),
  receivedOn: z.iso.date(),
  dueOn: z.iso.date(),
  answeredAt: z.iso.datetime().nullable(),
  refusal: z.object({ reason: z.enum(refusalReasons), article: z.string() }).nullable(),
  /** What the officer wrote with it. */
  reply: z.string().nullable(),
  hasAnswer: z.boolean(),
})

/** Of the person themself, on their own page. */
export const ownRequests = {
  list: get('/own/requests', {
    can: 'own.data',
    ...about,
    summary: 'What I asked for and what became of it',
    input: z.object({}),
    output: z.object({ rows: z.array(OwnRequest) }),
  }),
  answer: get('/own/requests/:requestId/answer', {
    can: 'own.data',
    ...about,
    summary: 'Download the answer to my request',
    input: RequestId.extend({ form: z.enum(['pdf', 'json']).default('pdf') }),
    output: Download,
  }),
  file: post('/own/requests', {
    can: 'own.data',
    purpose: 'rights',
    summary: 'Ask for something about my own data',
    input: z.object({ personId: z.uuid(), kind: z.enum(requestKinds).exclude(['regulator']), words: plain(20_000).default(''), draft: ContactDraft.optional() }),
    output: z.object({ id: z.uuid(), number: z.number().int(), dueOn: z.iso.date() }),
  }),
}
