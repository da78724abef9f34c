import { z } from 'zod'
import { auditEvents } from '../audit-events.ts'
import type { AuditEvent } from '../audit-events.ts'
import { get } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { purposeCodes } from '../purposes.ts'

const eventNames = Object.keys(auditEvents) as [AuditEvent, ...AuditEvent[]]

/** Plain data without people: strings, whole numbers, booleans, and lists and objects of them. */
const Details = z.record(z.string(), z.unknown())

/** Who did what, to whom (ids only), why, through which door. */
export const LogEntry = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  event: z.enum(eventNames),
  actorKind: z.enum(['staff', 'key', 'job', 'subject', 'visitor', 'support', 'platform']),
  actorId: z.uuid().nullable(),
  role: z.string(),
  door: z.string(),
  purpose: z.enum(purposeCodes).nullable(),
  personIds: z.array(z.uuid()),
  objectKind: z.string().nullable(),
  objectId: z.uuid().nullable(),
  details: Details,
  /** Place in the tree; null until the sealer has been there, a second or two. */
  position: z.number().int().nullable(),
})
export type LogEntry = z.infer<typeof LogEntry>

export const LogFilter = z.object({
  actorId: z.uuid().optional(),
  personId: z.uuid().optional(),
  objectId: z.uuid().optional(),
  event: z.enum(eventNames).optional(),
  /** Everything but this event. */
  without: z.enum(eventNames).optional(),
  /** From this instant on. */
  since: z.iso.datetime().optional(),
  /** Before this instant. */
  until: z.iso.datetime().optional(),
  ...Paging,
})

/** How a head stands to what it signs: `broken` when its columns, the head before it or the tree of today do not fit its note. */
export const headStatuses = ['holds', 'broken'] as const

/** A signed head of the log's tree: `note` is what others keep and check. */
export const LogHead = z.object({
  generation: z.number().int(),
  size: z.number().int(),
  at: z.iso.datetime(),
  root: z.base64(),
  note: z.string(),
})
export type LogHead = z.infer<typeof LogHead>
export const CheckedHead = LogHead.extend({ status: z.enum(headStatuses) })

/** Who acts in these entries, by the id they bear there. `name` is empty for somebody who is no longer held. */
export const LogActor = z.object({ id: z.uuid(), kind: z.enum(['staff', 'key']), name: z.string(), position: z.string().nullable() })
export type LogActor = z.infer<typeof LogActor>
const NamedPage = page(LogEntry).extend({ actors: z.array(LogActor) })

/** One event with everything that proves it: RFC 6962 inclusion proof, hashes in base64 from the leaf upwards. */
export const LogProof = z.object({
  event: LogEntry.omit({ position: true }).extend({ tenantId: z.uuid(), event: z.string(), actorKind: z.string(), purpose: z.string().nullable(), body: z.base64().nullable() }),
  leaf: z.base64(),
  index: z.number().int(),
  size: z.number().int(),
  proof: z.array(z.base64()),
  note: z.string(),
})

const named = { purpose: 'rights', personal: true } as const

export const log = {
  list: get('/log', { can: 'log.read', ...named, summary: 'The log, newest first', input: LogFilter, output: NamedPage }),
  mine: get('/log/mine', { can: 'log.own', summary: 'What I did, newest first', input: LogFilter.omit({ actorId: true }), output: page(LogEntry) }),
  staff: get('/log/staff', {
    can: 'log.read',
    ...named,
    summary: 'Who has ever worked here: whose acts can be asked for',
    input: z.object({}),
    output: z.object({ actors: z.array(LogActor) }),
  }),
  ofStaff: get('/log/staff/:employeeId', {
    can: 'log.read',
    ...named,
    summary: 'What this member of staff did, newest first',
    input: LogFilter.omit({ actorId: true }).extend({ employeeId: z.uuid() }),
    output: NamedPage,
  }),
  heads: get('/log/heads', {
    can: 'log.read',
    summary: 'Signed heads, newest first, each checked against the one before it and the tree',
    input: z.object({ ...Paging, limit: z.coerce.number().int().min(1).max(50).default(20) }),
    output: page(CheckedHead),
  }),
  proof: get('/log/events/:eventId/proof', {
    can: 'log.read',
    summary: 'Proof that this event is in the log; wrong_state until it is sealed',
    input: z.object({ eventId: z.uuid() }),
    output: LogProof,
  }),
  consistency: get('/log/consistency', {
    can: 'log.read',
    summary: 'Proof that the newer head’s log begins with the older one’s, event for event',
    input: z.object({
      generation: z.coerce.number().int().min(1).max(2_147_483_647).default(1),
      from: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
      to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    }),
    output: z.object({ from: z.string(), to: z.string(), proof: z.array(z.base64()) }),
  }),
  looks: get('/persons/:personId/looks', {
    can: 'person.looks',
    ...named,
    summary: 'Who looked at this person, newest first (152-FZ art. 14 part 7)',
    input: z.object({ personId: z.uuid(), ...Paging }),
    output: NamedPage,
  }),
}
