import { z } from 'zod'
import { get, patch, post } from '../endpoint.ts'
import { Email } from '../people/person.ts'

/** Where the facts of a policy come from; when one of them changes, the policy that was published no longer tells the truth. */
export const policyParts = ['operator', 'contact', 'site', 'register', 'trackers', 'texts', 'processors', 'wording'] as const
export type PolicyPart = (typeof policyParts)[number]

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const Both = z.object({ ru: z.string(), en: z.string() })
const BothHashes = z.object({ ru: Sha256, en: Sha256 })
const Version = z.coerce.number().int().min(1).max(2_147_483_647)
const Site = z.string().trim().min(1).max(40)

/** A line of the facts that the published text no longer tells as it is. */
export const PolicyChange = z.object({ part: z.enum(policyParts), what: z.string(), how: z.enum(['added', 'removed', 'changed']) })
export type PolicyChange = z.output<typeof PolicyChange>
export const PolicyProblem = z.object({ at: z.string(), why: z.enum(['placeholder', 'open_list', 'no_purpose', 'no_basis', 'no_term', 'no_destruction', 'broken_link', 'empty']) })
export type PolicyProblem = z.output<typeof PolicyProblem>
export const DiffLine = z.object({ sign: z.enum(['added', 'removed']), text: z.string() })
export type DiffLine = z.output<typeof DiffLine>

export const PolicyVersionRow = z.object({
  version: z.number().int(),
  publishedAt: z.iso.datetime(),
  /** Null: published with the founding of the company. */
  publishedBy: z.uuid().nullable(),
  sha256: BothHashes,
})
export const PolicyVersion = PolicyVersionRow.extend({ body: Both, page: Both })

export const PolicyDraft = z.object({
  body: Both,
  sha256: BothHashes,
  /** Of the facts that were read: whoever publishes sends it back, so that nobody publishes what they have not seen. */
  factsSha256: Sha256,
  problems: z.array(PolicyProblem),
  published: PolicyVersionRow.nullable(),
  /** What the published text no longer tells as it is; empty: it is true. */
  changes: z.array(PolicyChange),
  /** What the next version would add and take away, paragraph by paragraph. */
  difference: z.object({ ru: z.array(DiffLine), en: z.array(DiffLine) }),
  contact: z.object({ email: z.string().nullable(), version: z.number().int() }),
  /** The word of the company's site in addresses; null without a site. */
  site: z.string().nullable(),
})
export type PolicyDraft = z.output<typeof PolicyDraft>

export const policies = {
  draft: get('/policy/draft', {
    can: 'policy.publish',
    summary: 'The policy as the registers say it now, beside the published one',
    input: z.object({}),
    output: PolicyDraft,
  }),
  publish: post('/policy/versions', {
    can: 'policy.publish',
    dangerous: true,
    summary: 'Publish the next version of the policy; it can never be changed',
    input: z.object({ factsSha256: Sha256 }),
    output: z.object({ version: z.number().int(), sha256: BothHashes }),
  }),
  versions: get('/policy/versions', {
    can: 'register.read',
    summary: 'Every version of the policy, newest first',
    input: z.object({}),
    output: z.object({ rows: z.array(PolicyVersionRow) }),
  }),
  version: get('/policy/versions/:version', {
    can: 'register.read',
    summary: 'One version of the policy, byte for byte as it was published',
    input: z.object({ version: Version }),
    output: PolicyVersion,
  }),
  editContact: patch('/policy/contact', {
    can: 'policy.publish',
    summary: 'Where questions about personal data go: an address of the function, of no one by name',
    input: z.object({ email: Email, version: z.number().int().min(0).max(2_147_483_647) }),
    output: z.object({ version: z.number().int() }),
  }),
}

/** What a visitor of a company's site reads. */
export const sitePolicies = {
  current: get('/sites/:site/policy', {
    can: 'site.visit',
    summary: 'The policy in force on this site',
    input: z.object({ site: Site }),
    output: PolicyVersion,
  }),
  archived: get('/sites/:site/policy/:version', {
    can: 'site.visit',
    summary: 'One version of the policy of this site, byte for byte',
    input: z.object({ site: Site, version: Version }),
    output: PolicyVersion,
  }),
  list: get('/sites/:site/policies', {
    can: 'site.visit',
    summary: 'Every version of the policy of this site, newest first',
    input: z.object({ site: Site }),
    output: z.object({ rows: z.array(PolicyVersionRow) }),
  }),
}
