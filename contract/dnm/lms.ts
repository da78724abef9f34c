import { z } from 'zod'
import { get, post } from '../endpoint.ts'

/**
 * The interface that integrations of dealers poll already: names and numbers are theirs, so they are written as they are there. Numbers stand for our ids.
 * `status` 1 new, 2 in work, 3 closed. Of a closed request the person is not told again.
 */
export const lmsStatuses = { new: 1, inWork: 2, closed: 3 } as const
/** Stage 1: take into work. Stage 3: work, until it is closed. */
export const lmsStages = { take: 1, work: 3 } as const
/** Results of the stages: 1 closes the first, 2 notes a contact and leaves the second open, the others close it. */
export const lmsResults = { taken: 1, contacted: 2, deal: 3, answered: 4, refused: 5, unreachable: 6, duplicate: 7, spam: 8 } as const
export const LMS_PAGE = 200

const Whole = z.number().int()
const Flag = z.union([z.literal(0), z.literal(1)])

export const LmsStage = z.object({
  id: Whole,
  request_id: Whole,
  stage_type_id: Whole,
  code: z.string(),
  /** Until when, in UTC. */
  last_time_at: z.iso.datetime(),
  finished_at: z.iso.datetime().nullable(),
  result_id: Whole.nullable(),
  is_closed: z.boolean(),
  /** Seconds of the dealer's working time; below zero when late. */
  time_left: Whole,
})

const Named = z.object({ id: Whole, name: z.string() })
export const LmsRequest = z.object({
  id: Whole,
  campaign_id: Whole.nullable(),
  department_id: Whole,
  request_type_id: Whole,
  channel_id: Whole,
  source_id: Whole,
  dealer_id: Whole,
  client_id: Whole,
  assigned_id: Whole.nullable(),
  comment: z.string().nullable(),
  status: Whole,
  is_business: Flag,
  business_name: z.string().nullable(),
  first_name: z.string().nullable(),
  middle_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  address: z.string().nullable(),
  phones: z.array(z.object({ number: z.string() })),
  /** 1 phone, 0 e-mail. */
  communication_method: Flag,
  brand_id: Whole.nullable(),
  model_id: Whole.nullable(),
  vin: z.string().nullable(),
  interest_id: Whole,
  /** Consent to short messages of the dealer: always 0, for no text here asks for one; a consent names its advertiser (38-ФЗ art. 18 ч.1). */
  client_confirm_communication: Flag,
  is_deal: Flag,
  is_vip: Flag,
  contact_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  source: z.object({ id: Whole, parent_id: Whole.nullable(), ref_source_id: Whole.nullable(), name: z.string(), code: z.string(), gm_code: z.string().nullable() }),
  vehicleBrand: Named.nullable(),
  vehicleModel: Named.nullable(),
  requestType: z.object({
    id: Whole,
    code: z.string(),
    department_id: Whole,
    name: z.string(),
    show_buy: Flag,
    show_credit: Flag,
    show_trade_in: Flag,
    show_service: Flag,
    stages: z.array(z.object({ id: Whole, code: z.string() })),
  }),
  stages: z.array(LmsStage),
})
export type LmsRequest = z.output<typeof LmsRequest>

/** What has become of somebody whose request was handed over: by the number of the request, nobody's data. */
export const LmsNotice = z.object({ id: Whole, because: z.enum(['withdrawn', 'corrected', 'destroyed', 'restricted']), queued_at: z.iso.datetime() })

export type LmsNotice = z.output<typeof LmsNotice>

export const lms = {
  requests: get('/lms/request', {
    can: 'network.poll',
    purpose: 'request_handling',
    personal: true,
    summary:
      'Requests for this dealer’s system (integration key of the dealer), newest first, at most 200. The first answer that names a person hands them over, and is recorded so',
    input: z.object({ status: z.coerce.number().int().min(1).max(3).default(1), limit: z.coerce.number().int().min(1).max(LMS_PAGE).default(LMS_PAGE) }),
    output: z.array(LmsRequest),
  }),
  notices: get('/lms/notice', {
    can: 'network.poll',
    purpose: 'rights',
    summary:
      'What people have said since of the requests that this dealer’s system was handed, or that they are destroyed, newest first, at most 200. The first answer that holds a notice counts as having told it',
    input: z.object({ limit: z.coerce.number().int().min(1).max(LMS_PAGE).default(LMS_PAGE) }),
    output: z.array(LmsNotice),
  }),
  answer: post('/lms/request/:id/stage', {
    can: 'network.poll',
    purpose: 'request_handling',
    summary: 'The dealer’s system closes a stage with a result. The same answer twice changes nothing; the comment is not kept: it may speak of the person',
    input: z.object({
      id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
      stage_id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
      result_id: z.coerce.number().int().min(1).max(100),
      comment: z.string().max(4_000).optional(),
    }),
    output: z.object({ success: z.literal(true), id: Whole, status: Whole, stages: z.array(LmsStage) }),
  }),
}
