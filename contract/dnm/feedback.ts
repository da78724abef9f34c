import { z } from 'zod'
import { post } from '../endpoint.ts'
import { noticeKinds } from './received.ts'

/** What becomes of a request when the dealer's system tells one of these codes; codes as such systems use them already. */
export const feedbackStatuses = {
  4: 'taken', // nobody answered, twice
  5: 'taken', // to be called again later
  7: 'refused',
  8: 'contacted', // a visit is planned
  9: 'contacted', // the client came
  10: 'contacted', // the visit was moved
  11: 'answered', // the repair is done
  12: 'sold', // the contract is signed
  35: 'answered', // dealt with
  36: 'contacted',
  37: 'contacted', // a meeting is planned
  38: 'contacted', // the meeting was held
  39: 'contacted', // an offer was made
  40: 'spam', // no client
  41: 'answered', // advice was given
  44: 'contacted',
} as const
export type FeedbackStatus = keyof typeof feedbackStatuses
export type FeedbackMeaning = (typeof feedbackStatuses)[FeedbackStatus]
const codes = Object.keys(feedbackStatuses).map(Number) as FeedbackStatus[]

/** What is sent to a dealer's system. Instants in UTC. */
export const PushLead = z.object({
  lead_id: z.uuid(),
  public_id: z.number().int(),
  lead_group_id: z.uuid(),
  outlet_code: z.string(),
  type_id: z.number().int(),
  type_name: z.string(),
  /** 0: not said. */
  temperature_id: z.number().int(),
  source_id: z.number().int(),
  source_name: z.string(),
  source_channel_detail: z.string().nullable(),
  source_campaign: z.string().nullable(),
  communication_target: z.string(),
  status_id: z.number().int(),
  status_name: z.string(),
  dealer_status_id: z.number().int(),
  dealer_status_name: z.string(),
  target_processing_date: z.iso.datetime(),
  target_first_contact_date: z.iso.datetime(),
  expiration_datetime: z.iso.datetime().nullable(),
  dealer_receive_date: z.iso.datetime(),
  dealer_event_date: z.iso.datetime().nullable(),
  visit_planned_date: z.iso.datetime().nullable(),
  client_dms_id: z.string().nullable(),
  responsible_user: z.string().nullable(),
  qualification_required: z.boolean(),
  comment: z.string().nullable(),
  contact: z.object({
    first: z.string().nullable(),
    last: z.string().nullable(),
    middle: z.string().nullable(),
    contact_phone: z.string().nullable(),
    email: z.string().nullable(),
    address: z.string().nullable(),
    brand: z.string().nullable(),
    car_model: z.string().nullable(),
    car_model_year: z.number().int().nullable(),
    gender: z.enum(['m', 'f']).nullable(),
    date_of_birth: z.string().nullable(),
    vin: z.string().nullable(),
  }),
  custom_properties_groups: z.array(z.unknown()),
})
export type PushLead = z.output<typeof PushLead>

export const pushNotices = ['taken_back', ...noticeKinds] as const
/**
 * What is sent to the same address about a request that was sent there before, signed the same way and without anybody's data. `withdrawn`: it is this dealer's no
 * longer, and what was handed over with it may not be used any more. `notice`: the person has said something where they asked (152-ФЗ art. 21 ч.1–2).
 */
export const PushNotice = z.object({
  event: z.enum(['withdrawn', 'notice']),
  because: z.enum(pushNotices),
  lead_id: z.uuid(),
  public_id: z.number().int(),
  sent_at: z.iso.datetime(),
})
export type PushNotice = z.output<typeof PushNotice>

export const feedback = {
  tell: post('/network/feedback', {
    can: 'network.poll',
    purpose: 'request_handling',
    summary:
      'A dealer’s system tells the state of a request that was sent to it. The same word twice changes nothing. Names of colleagues and comments are not kept: they are people’s data and the codes say what counts',
    input: z.object({
      lead_id: z.uuid(),
      status: z.coerce
        .number()
        .int()
        .refine((code): code is FeedbackStatus => (codes as number[]).includes(code), 'unknown_status'),
      client_dms_id: z
        .string()
        .trim()
        .max(100)
        .regex(/^[\p{L}\p{N}._/#-]*$/u)
        .nullish(),
      responsible_user: z.string().max(256).nullish(),
      refuse_reason_comment: z.string().max(500).nullish(),
      dealer_refuse_reason_id: z.number().int().nullish(),
      dealer_visit_planned_date: z.string().max(40).nullish(),
      dealer_recall_date: z.string().max(40).nullish(),
      status_comment: z.string().max(1_000).nullish(),
    }),
    output: z.object({ success: z.boolean(), error: z.string().nullable() }),
  }),
}
