import { z } from 'zod'
import { After } from '../after.ts'
import { changeOf } from '../change.ts'
import { del, get, patch, post } from '../endpoint.ts'
import { departmentKinds, interests } from './lead.ts'

export const channels = ['site', 'phone', 'walk_in', 'email', 'aggregator', 'distributor', 'file', 'api'] as const

/** A name that explains itself in a lead's history: a bar would break that line. */
export const RuleName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^|\p{Cc}]*$/u)

export const Source = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  channel: z.enum(channels),
  /** The secret local part of this source's mail address; null also for whoever may not edit sources. */
  mailToken: z.string().nullable(),
  isActive: z.boolean(),
  /** Of a distributor: its requests are handed on to dealers. */
  isNetwork: z.boolean(),
  /** When its last lead came: a source that fell silent is seen here. */
  lastLeadAt: z.iso.datetime().nullable(),
  version: z.number().int(),
})
export type Source = z.output<typeof Source>
export const SourceDraft = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  name: RuleName,
  channel: z.enum(channels),
})
const SourceId = z.object({ sourceId: z.uuid(), version: z.number().int() })

export const sources = {
  list: get('/lead-sources', { can: 'signed_in', summary: 'Where leads come from', input: z.object({}), output: z.object({ sources: z.array(Source) }) }),
  create: post('/lead-sources', { can: 'source.edit', summary: 'A new source; one of mail is given a secret address', input: SourceDraft, output: After }),
  edit: patch('/lead-sources/:sourceId', {
    can: 'source.edit',
    summary: 'Rename a source, close it (closed ones take no leads), or hand its requests on to dealers of the network',
    input: SourceId.extend({ name: RuleName.optional(), isActive: z.boolean().optional(), isNetwork: z.boolean().optional() }),
    output: After,
  }),
  renewMail: post('/lead-sources/:sourceId/mail-address', {
    can: 'source.edit',
    summary: 'A new secret mail address; letters to the old one are refused from now on',
    input: SourceId,
    output: After,
  }),
}

const Minutes = z.number().int().min(1).max(10_080)
/** The clocks of an interest in working minutes; `version` 0: never set, the defaults hold. */
export const Policy = z.object({ interest: z.enum(interests), takeMinutes: Minutes, firstContactMinutes: Minutes, version: z.number().int() })
export type Policy = z.output<typeof Policy>
export const PolicyList = z.object({ policies: z.array(Policy) })
export const PolicyChange = Policy.refine(({ takeMinutes, firstContactMinutes }) => takeMinutes <= firstContactMinutes, { path: ['firstContactMinutes'], message: 'before_take' })
export const AfterPolicy = z.object({ interest: z.enum(interests), version: z.number().int() })

export const policies = {
  list: get('/lead-policies', {
    can: 'routing.read',
    summary: 'How fast leads must be taken and answered, by interest',
    input: z.object({}),
    output: PolicyList,
  }),
  edit: patch('/lead-policies/:interest', {
    can: 'routing.edit',
    summary: 'Set both clocks of an interest; the clocks of leads that are open are counted anew',
    input: PolicyChange,
    output: AfterPolicy,
  }),
}

/** When all that is not null fits, the lead goes to this outlet's department: to the named employee, else to whoever there has the fewest open leads. */
export const RuleDraft = z.object({
  name: RuleName,
  sourceId: z.uuid().nullable().default(null),
  interest: z.enum(interests).nullable().default(null),
  outletId: z.uuid().nullable().default(null),
  toOutletId: z.uuid(),
  toDepartmentKind: z.enum(departmentKinds),
  toEmployeeId: z.uuid().nullable().default(null),
  isActive: z.boolean().default(true),
})
export const Rule = RuleDraft.extend({ id: z.uuid(), place: z.number().int(), version: z.number().int() })
export type Rule = z.output<typeof Rule>
const RuleId = z.object({ ruleId: z.uuid(), version: z.number().int() })

export const MAX_RULES = 200
export const RuleOrder = z.object({ ruleIds: z.array(z.uuid()).max(MAX_RULES) })

export const RoutingPreview = z.object({
  ruleId: z.uuid().nullable(),
  because: z.string(),
  outletId: z.uuid(),
  departmentKind: z.enum(departmentKinds),
  responsibleId: z.uuid().nullable(),
  /** Everyone of the department who takes leads, the least busy first. */
  candidates: z.array(z.object({ employeeId: z.uuid(), openLeads: z.number().int() })),
  /** Rules that stand before the one that decided, and what did not fit. */
  passedOver: z.array(z.object({ ruleId: z.uuid(), name: z.string(), why: z.enum(['inactive', 'source', 'interest', 'outlet']) })),
  takeDueAt: z.iso.datetime(),
  firstContactDueAt: z.iso.datetime(),
})
export type RoutingPreview = z.output<typeof RoutingPreview>

export const routing = {
  list: get('/routing-rules', {
    can: 'routing.read',
    summary: 'Who gets which leads: the first rule that fits decides',
    input: z.object({}),
    output: z.object({ rules: z.array(Rule) }),
  }),
  create: post('/routing-rules', { can: 'routing.edit', summary: 'A new rule, at the end', input: RuleDraft, output: After }),
  edit: patch('/routing-rules/:ruleId', {
    can: 'routing.edit',
    summary: 'Change a rule; leads that stand stay where they are',
    input: changeOf(RuleDraft).extend(RuleId.shape),
    output: After,
  }),
  remove: del('/routing-rules/:ruleId', { can: 'routing.edit', summary: 'Remove a rule', input: RuleId, output: z.object({}) }),
  reorder: post('/routing-rules/order', {
    can: 'routing.edit',
    summary: 'Put all rules into this order; a list that lacks one or names a strange one is refused',
    input: RuleOrder,
    output: z.object({}),
  }),
  preview: get('/routing-rules/preview', {
    can: 'routing.read',
    summary: 'Who would get such a lead right now, and why',
    input: z.object({ sourceId: z.uuid(), interest: z.enum(interests), outletId: z.uuid().optional() }),
    output: RoutingPreview,
  }),
}
