/** What the importer and the dealer write down of one request between them. */
import type { DemoCompany } from './network.ts'
import { soldAt } from './network-deals.ts'
import type { Told } from './network-told.ts'
import type { Dealt, Plain } from './plain-rows.ts'
import { afterWorking } from './working-time.ts'

/** Terms of the network for a dealer, in its working minutes. */
export const TAKE_MINUTES = 30
export const CONTACT_MINUTES = 60

export const because = ({ outlet }: Told): string => `wished_outlet|${outlet.name}`

export const networkRow = (one: Told, { id, company }: Dealt): Plain => ({
  id: one.ids.own,
  interest: one.interest,
  model_id: one.modelId,
  wished_outlet_id: one.outlet.id,
  dealer_id: id,
  dealer_tenant_id: company.tenant.tenantId,
  outlet_id: one.outlet.id,
  transfer_id: one.ids.transfer,
  assigned_because: because(one),
  state: one.state,
  take_minutes: TAKE_MINUTES,
  first_contact_minutes: CONTACT_MINUTES,
  excused_minutes: 0,
  asked_at: one.at,
  assigned_at: one.at,
  received_at: one.at,
  taken_at: one.takenAt,
  first_contact_at: one.contactAt,
  closed_at: one.closedAt,
  deal_at: one.deal?.openedAt ?? null,
  sold_at: one.deal && soldAt(one.deal),
  result: one.closedAt ? one.result : null,
  attempts: 1,
  version: 3,
})
export const transferRow = ({ ids, at }: Told, { id }: Dealt): Plain => ({
  id: ids.transfer,
  person_id: ids.ownPerson,
  dealer_id: id,
  via: 'crm',
  basis: 'consent',
  consent_event_id: ids.consent,
  state: 'done',
  done_at: at,
})
export const disclosureRow = ({ ids }: Told, { company }: Dealt): Plain => ({
  person_id: ids.ownPerson,
  recipient_name: company.tenant.name,
  recipient_tenant_id: company.tenant.tenantId,
  basis: 'consent',
  what: ['contact'],
})
export const disputeRow = ({ at }: Told): Plain => ({
  reason: 'client_of_another',
  evidence: ['calls_recorded'],
  state: 'open',
  opened_at: new Date(at.getTime() + 600_000),
  excused_minutes: 0,
  version: 1,
})
export const receivedRow = (one: Told, { tenant }: DemoCompany, { company }: Dealt): Plain => ({
  tenant_id: company.tenant.tenantId,
  id: one.ids.transfer,
  distributor_tenant_id: tenant.tenantId,
  distributor: tenant.name,
  network_lead_id: one.ids.own,
  lead_id: one.ids.theirs,
  basis: 'consent',
  at: one.at,
  take_due_at: new Date(afterWorking(one.outlet, one.at.getTime(), TAKE_MINUTES)),
  first_contact_due_at: new Date(afterWorking(one.outlet, one.at.getTime(), CONTACT_MINUTES)),
  dispute_state: one.state === 'disputed' ? 'open' : null,
  dispute_reason: one.state === 'disputed' ? 'client_of_another' : null,
  version: 1,
})
