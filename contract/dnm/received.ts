import { z } from 'zod'
import { get, patch, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { allDecisions, disputeReasons, disputeStates } from './dispute.ts'

export const noticeKinds = ['withdrawn', 'corrected', 'destroyed', 'restricted'] as const

/** A request that a distributor handed to us, by number, with the distributor's deadlines. */
export const ReceivedTransfer = z.object({
  id: z.uuid(),
  leadId: z.uuid(),
  leadNumber: z.number().int(),
  distributor: z.string(),
  number: z.number().int(),
  basis: z.enum(['consent', 'contract']),
  at: z.iso.datetime(),
  takeDueAt: z.iso.datetime(),
  firstContactDueAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  endedBecause: z.enum(['taken_back', 'withdrawn', 'destroyed']).nullable(),
  dispute: z.object({ state: z.enum(disputeStates), reason: z.enum(disputeReasons), decision: z.enum(allDecisions).nullable() }).nullable(),
})
export type ReceivedTransfer = z.output<typeof ReceivedTransfer>

export const SubjectNotice = z.object({
  id: z.uuid(),
  leadId: z.uuid().nullable(),
  number: z.number().int(),
  what: z.enum(noticeKinds),
  /** The ground that rested on the handing over has ended with it. */
  endedGround: z.boolean(),
  at: z.iso.datetime(),
  seenAt: z.iso.datetime().nullable(),
})
export type SubjectNotice = z.output<typeof SubjectNotice>

export const Membership = z.object({
  id: z.uuid(),
  distributor: z.string(),
  state: z.enum(['invited', 'accepted', 'left']),
  sharesDuplicates: z.boolean(),
  version: z.number().int(),
})
export type Membership = z.output<typeof Membership>

export const received = {
  list: get('/network/received', {
    can: 'lead.read',
    summary: 'At a dealer: requests that distributors handed to us, newest first; no personal data',
    input: z.object(Paging),
    output: page(ReceivedTransfer),
  }),
  ofLead: get('/leads/:leadId/network', {
    can: 'lead.read',
    summary: 'What a network knows of a lead of ours: who handed it to us, until when they wait, and the number of the same person’s other request',
    input: z.object({ leadId: z.uuid() }),
    output: z.object({ transfer: ReceivedTransfer.nullable(), duplicateOf: z.number().int().nullable() }),
  }),
  notices: get('/network/notices', {
    can: 'lead.read',
    summary: 'What people said where they asked and we must know: withdrawals, corrections, destruction; by number only',
    input: z.object({ ...Paging, isSeen: z.stringbool().optional() }),
    output: page(SubjectNotice),
  }),
  seeNotice: post('/network/notices/:noticeId/seen', {
    can: 'lead.read',
    summary: 'A notice has been read and acted upon',
    input: z.object({ noticeId: z.uuid() }),
    output: z.object({}),
  }),
  memberships: get('/network/memberships', {
    can: 'tenant.read',
    summary: 'Networks that have invited our company',
    input: z.object({}),
    output: z.object({ memberships: z.array(Membership) }),
  }),
  editMembership: patch('/network/memberships/:membershipId', {
    can: 'tenant.edit',
    summary: 'Join a network or leave it, and say whether keyed hashes of our clients’ addresses may be compared with others’ there',
    input: z.object({ membershipId: z.uuid(), version: z.number().int(), state: z.enum(['accepted', 'left']), sharesDuplicates: z.boolean() }),
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
}
