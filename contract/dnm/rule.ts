import { z } from 'zod'
import { After } from '../after.ts'
import { changeOf } from '../change.ts'
import { interests } from '../crm/lead.ts'
import { AfterPolicy, PolicyChange, PolicyList, RuleName, RuleOrder } from '../crm/routing.ts'
import { del, get, patch, post } from '../endpoint.ts'
import { plain } from '../people/person.ts'

/** When all that is not null fits, the request goes to this outlet or dealer; with neither, to the least loaded of those that fit. */
export const NetworkRuleDraft = z.object({
  name: RuleName,
  brandId: z.uuid().nullable().default(null),
  modelId: z.uuid().nullable().default(null),
  interest: z.enum(interests).nullable().default(null),
  city: plain(100).min(2).nullable().default(null),
  wishedDealerId: z.uuid().nullable().default(null),
  toDealerId: z.uuid().nullable().default(null),
  toNetworkOutletId: z.uuid().nullable().default(null),
  /** Only while one of those it names is open. */
  onlyOpen: z.boolean().default(false),
  isActive: z.boolean().default(true),
})
export const NetworkRule = NetworkRuleDraft.extend({ id: z.uuid(), place: z.number().int(), version: z.number().int() })
export type NetworkRule = z.output<typeof NetworkRule>
const RuleId = z.object({ networkRuleId: z.uuid(), version: z.number().int() })

export const passedOverReasons = ['inactive', 'not_ready', 'brand', 'tried', 'full'] as const
export const NetworkPreview = z.object({
  networkOutletId: z.uuid().nullable(),
  dealerId: z.uuid().nullable(),
  dealer: z.string().nullable(),
  outlet: z.string().nullable(),
  because: z.string(),
  ruleId: z.uuid().nullable(),
  takeDueAt: z.iso.datetime().nullable(),
  firstContactDueAt: z.iso.datetime().nullable(),
  /** Outlets that could take such a request now, the best first. */
  candidates: z.array(z.object({ networkOutletId: z.uuid(), dealer: z.string(), outlet: z.string(), city: z.string(), openLeads: z.number().int(), isOpen: z.boolean() })),
  /** Outlets that could not, and why. */
  passedOver: z.array(z.object({ networkOutletId: z.uuid(), dealer: z.string(), outlet: z.string(), why: z.enum(passedOverReasons) })),
})
export type NetworkPreview = z.output<typeof NetworkPreview>

export const networkRules = {
  list: get('/network/rules', {
    can: 'network.read',
    summary: 'Which dealer gets which requests: the first rule that fits decides',
    input: z.object({}),
    output: z.object({ rules: z.array(NetworkRule) }),
  }),
  create: post('/network/rules', { can: 'network.edit', summary: 'A new rule, at the end', input: NetworkRuleDraft, output: After }),
  edit: patch('/network/rules/:networkRuleId', {
    can: 'network.edit',
    summary: 'Change a rule; requests that stand stay where they are',
    input: changeOf(NetworkRuleDraft).extend(RuleId.shape),
    output: After,
  }),
  remove: del('/network/rules/:networkRuleId', { can: 'network.edit', summary: 'Remove a rule', input: RuleId, output: z.object({}) }),
  reorder: post('/network/rules/order', {
    can: 'network.edit',
    summary: 'Put all rules into this order; a list that lacks one or names a strange one is refused',
    input: RuleOrder,
    output: z.object({}),
  }),
  models: get('/network/models', {
    can: 'network.read',
    summary: 'The catalogue of brands and models that rules speak of',
    input: z.object({}),
    output: z.object({ models: z.array(z.object({ id: z.uuid(), name: z.string(), brandId: z.uuid(), brand: z.string() })) }),
  }),
  preview: get('/network/rules/preview', {
    can: 'network.read',
    summary: 'Which dealer would get such a request right now, and why',
    input: z.object({ interest: z.enum(interests), modelId: z.uuid().optional(), city: z.string().trim().max(100).optional(), networkOutletId: z.uuid().optional() }),
    output: NetworkPreview,
  }),
}

/** The clocks of dealers by interest, in their own working minutes; of the same shape as a company's own. */
export const networkPolicies = {
  list: get('/network/policies', {
    can: 'network.read',
    summary: 'How fast dealers must take and answer requests, by interest',
    input: z.object({}),
    output: PolicyList,
  }),
  edit: patch('/network/policies/:interest', {
    can: 'network.edit',
    summary: 'Set both clocks of an interest, for requests given to dealers from now on',
    input: PolicyChange,
    output: AfterPolicy,
  }),
}
