import { z } from 'zod'
import { After } from '../after.ts'
import { changeOf } from '../change.ts'
import { get, patch, post } from '../endpoint.ts'
import { OutletDraft, WeekHours } from '../identity/outlet.ts'
import { plain } from '../people/person.ts'
import { deliveries } from './network-lead.ts'

export const pushProblems = ['address', 'refused_address', 'timeout', 'connection', 'status', 'redirect', 'no_ground'] as const

const Address = z
  .url({ protocol: /^https?$/ })
  .max(500)
  .refine((text) => !/^[a-z]+:\/\/[^/]*@/i.test(text), 'no_credentials')

export const DealerDraft = z.object({
  code: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,39}$/),
  name: plain(200).min(2),
  delivery: z.enum(deliveries),
  /** Their company on this platform, which must agree before it gets anything; null: they have another system. */
  dealerTenantId: z.uuid().nullable().default(null),
  pushUrl: Address.nullable().default(null),
  brandIds: z.array(z.uuid()).max(50).default([]),
  cities: z.array(plain(100).min(2)).max(50).default([]),
  region: plain(100).nullable().default(null),
  dailyCapacity: z.number().int().min(1).max(10_000).nullable().default(null),
  agreementNumber: plain(100).nullable().default(null),
  agreementFrom: z.iso.date().nullable().default(null),
  agreementUntil: z.iso.date().nullable().default(null),
})
const Editable = DealerDraft.omit({ code: true, dealerTenantId: true })

export const NetworkDealer = DealerDraft.extend({
  id: z.uuid(),
  isActive: z.boolean(),
  /** Whether requests can reach them at all: agreed, has a key, or has an address and a secret. */
  isReady: z.boolean(),
  acceptedAt: z.iso.datetime().nullable(),
  sharesDuplicates: z.boolean(),
  hasKey: z.boolean(),
  hasSecret: z.boolean(),
  openLeads: z.number().int(),
  todayLeads: z.number().int(),
  outlets: z.number().int(),
  lastPush: z
    .object({
      state: z.enum(['waiting', 'done', 'failed']),
      attempts: z.number().int(),
      status: z.number().int().nullable(),
      problem: z.enum(pushProblems).nullable(),
      at: z.iso.datetime(),
    })
    .nullable(),
  version: z.number().int(),
})
export type NetworkDealer = z.output<typeof NetworkDealer>

export const NetworkOutlet = z.object({
  id: z.uuid(),
  dealerId: z.uuid(),
  dealer: z.string(),
  name: z.string(),
  city: z.string(),
  address: z.string(),
  timeZone: z.string(),
  hours: WeekHours,
  isActive: z.boolean(),
  /** Published by the dealer's own company; else written down here. */
  isPublished: z.boolean(),
  version: z.number().int(),
})
export type NetworkOutlet = z.output<typeof NetworkOutlet>

const DealerId = z.object({ dealerId: z.uuid() })
const Versioned = DealerId.extend({ version: z.number().int() })

export const networkDealers = {
  list: get('/network/dealers', {
    can: 'network.read',
    summary: 'Dealers of the network: how requests reach them, what they may take, what they have in hand',
    input: z.object({}),
    output: z.object({ dealers: z.array(NetworkDealer) }),
  }),
  create: post('/network/dealers', {
    can: 'network.edit',
    summary: 'A new dealer. A company of this platform is invited and gets nothing before it agrees',
    input: DealerDraft,
    output: After,
  }),
  edit: patch('/network/dealers/:dealerId', {
    can: 'network.edit',
    summary: 'Change a dealer; requests that they have stay with them',
    input: changeOf(Editable).extend(Versioned.shape).extend({ isActive: z.boolean().optional() }),
    output: After,
  }),
  makeKey: post('/network/dealers/:dealerId/key', {
    can: 'network.edit',
    dangerous: true,
    personal: true,
    shownOnce: true,
    summary: 'A key with which the dealer’s system asks for requests; shown in this answer and never again, the one before is revoked',
    input: Versioned,
    output: After.extend({ token: z.string() }),
  }),
  makeSecret: post('/network/dealers/:dealerId/secret', {
    can: 'network.edit',
    dangerous: true,
    personal: true,
    shownOnce: true,
    summary: 'A secret that signs what is sent to the dealer’s system; shown in this answer and never again',
    input: Versioned,
    output: After.extend({ secret: z.string() }),
  }),
  tryPush: post('/network/dealers/:dealerId/push-trial', {
    can: 'network.edit',
    summary: 'Send a message without anybody’s data to the dealer’s system; how it went stands in the list of dealers',
    input: DealerId,
    output: z.object({}),
  }),
  outlets: get('/network/outlets', {
    can: 'network.read',
    summary: 'Where the network serves people',
    input: z.object({ dealerId: z.uuid().optional() }),
    output: z.object({ outlets: z.array(NetworkOutlet) }),
  }),
  addOutlet: post('/network/dealers/:dealerId/outlets', {
    can: 'network.edit',
    summary: 'An outlet of a dealer who has another system; companies of this platform publish theirs themselves',
    input: OutletDraft.extend(DealerId.shape).extend({ city: plain(100).min(2) }),
    output: After,
  }),
  editOutlet: patch('/network/outlets/:networkOutletId', {
    can: 'network.edit',
    summary: 'Change an outlet that was written down here, or close any',
    input: changeOf(OutletDraft).extend({ networkOutletId: z.uuid(), version: z.number().int(), city: plain(100).min(2).optional(), isActive: z.boolean().optional() }),
    output: After,
  }),
}
