import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'

export const disputeReasons = ['no_such_contact', 'not_ours', 'client_of_another', 'asked_already', 'spam', 'came_late', 'client_does_not_wait'] as const
/** What proves it: codes, because words about a client would be the client's data. */
export const disputeEvidence = ['calls_recorded', 'visit_recorded', 'deal_open', 'letter_kept', 'outlet_closed', 'system_failed'] as const
export const disputeStates = ['open', 'accepted', 'rejected'] as const
export const disputeDecisions = { accepted: ['confirmed', 'goodwill'], rejected: ['not_confirmed', 'too_late', 'no_evidence'] } as const
export const allDecisions = [...disputeDecisions.accepted, ...disputeDecisions.rejected] as const

export const Dispute = z.object({
  id: z.uuid(),
  networkLeadId: z.uuid(),
  number: z.number().int(),
  dealer: z.string(),
  reason: z.enum(disputeReasons),
  evidence: z.array(z.enum(disputeEvidence)),
  state: z.enum(disputeStates),
  decision: z.enum(allDecisions).nullable(),
  openedAt: z.iso.datetime(),
  decidedAt: z.iso.datetime().nullable(),
  decidedBy: z.uuid().nullable(),
  /** Working minutes that an accepted dispute took out of the clocks. */
  excusedMinutes: z.number().int(),
  version: z.number().int(),
})
export type Dispute = z.output<typeof Dispute>

export const disputes = {
  open: post('/leads/:leadId/dispute', {
    can: 'dispute.open',
    purpose: 'request_handling',
    summary: 'At a dealer: say that a request of the distributor is not ours to answer, and why; its clocks rest until they decide',
    input: z.object({ leadId: z.uuid(), reason: z.enum(disputeReasons), evidence: z.array(z.enum(disputeEvidence)).max(disputeEvidence.length).default([]) }),
    output: z.object({}),
  }),
  list: get('/network/disputes', {
    can: 'network.read',
    summary: 'What dealers dispute, newest first',
    input: z.object({ ...Paging, state: z.enum([...disputeStates, 'all']).default('open') }),
    output: page(Dispute),
  }),
  decide: post('/network/disputes/:disputeId/decide', {
    can: 'dispute.decide',
    purpose: 'request_handling',
    summary: 'Accept or reject a dispute. An accepted one takes its time out of the clocks',
    input: z
      .object({ disputeId: z.uuid(), version: z.number().int(), isAccepted: z.boolean(), decision: z.enum(allDecisions) })
      .refine(({ isAccepted, decision }) => (disputeDecisions[isAccepted ? 'accepted' : 'rejected'] as readonly string[]).includes(decision), {
        path: ['decision'],
        message: 'of_the_other',
      }),
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
}
