import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { plain } from '../people/person.ts'

/** What a visitor may ask for; each is an interest of a lead. */
export const siteInterests = ['new_car', 'test_drive', 'service'] as const
export type SiteInterest = (typeof siteInterests)[number]
/** Boxes of the form that stand for a consent, in the order they are shown. Only the first is needed; each has a text of its own. */
export const siteConsents = ['request', 'advertising_data', 'advertising_email', 'advertising_sms', 'advertising_call'] as const
export type SiteConsent = (typeof siteConsents)[number]

/** The word of a site in its address. */
export const Site = z.object({ site: z.string().max(40) })

export const SiteRequestDraft = z.object({
  /** Given with the form, good once: a second sending of the same form is answered with the first's request. */
  token: z.string().max(600),
  interest: z.enum(siteInterests),
  /** Needed, as is one of phone and e-mail; all that is wrong with a form is told at once. */
  name: plain(200).default(''),
  phone: plain(40).default(''),
  email: plain(254).default(''),
  modelId: z.uuid().optional(),
  /** An outlet of the company or, on a distributor's site, of the network. */
  placeId: z.uuid().optional(),
  city: plain(100).optional(),
  wishes: plain(2_000).default(''),
  /** The ticked boxes, each with the text that was linked beside it. An unticked box is not sent and means nothing. */
  consents: z
    .array(z.object({ kind: z.enum(siteConsents), textId: z.uuid() }))
    .max(siteConsents.length)
    .refine((ticked) => new Set(ticked.map(({ kind }) => kind)).size === ticked.length, 'said_twice'),
  /** Version of the policy that the visitor says they have read: no consent, and nothing depends on it. */
  policyVersion: z.number().int().positive().optional(),
  /** A field that people do not see. */
  website: z.string().max(2_000).default(''),
  /** Where the visitor came from, when they allowed it to be remembered. */
  campaign: z
    .string()
    .regex(/^[a-z0-9_.-]{1,60}$/)
    .optional(),
})

/** `number` of the request and the moment by which somebody answers; null while a human looks first. */
export const RequestTaken = z.object({ number: z.number().int().nullable(), answerBy: z.iso.datetime().nullable(), timeZone: z.string() })
export type RequestTaken = z.output<typeof RequestTaken>

export const siteRequests = {
  form: get('/sites/:site/request-form', {
    can: 'site.visit',
    summary: 'What a form of one request is made of: a token good for a day, the consent texts in force, the version of the policy',
    input: Site,
    output: z.object({ token: z.string(), texts: z.array(z.object({ kind: z.enum(siteConsents), textId: z.uuid() })), policyVersion: z.number().int().nullable() }),
  }),
  take: post('/sites/:site/requests', {
    can: 'site.visit',
    purpose: 'request_handling',
    summary: 'Leave a request; together with it the consents that were ticked, each with its proof',
    input: Site.extend(SiteRequestDraft.shape),
    output: RequestTaken.extend({ ref: z.uuid() }),
  }),
  show: get('/sites/:site/requests/:ref', {
    can: 'site.visit',
    summary: 'That a request has come in, by the secret of its form',
    input: Site.extend({ ref: z.uuid() }),
    output: RequestTaken,
  }),
}
