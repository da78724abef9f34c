/** Requests whose story is over at both sides: the importer holds nobody by them any more, the figures stay. */
import type { DemoCompany } from './network.ts'
import { type Dealt, type Ground, insertPlain, numbersOf, type Plain } from './plain-rows.ts'
import type { Random } from './random.ts'

export type Older = {
  id: string
  number: string | number
  outletId: string
  interest: string
  modelId: string | null
  result: string
  receivedAt: Date
  takenAt: Date | null
  firstContactAt: Date | null
  closedAt: Date
  dealNumber: string | number | null
  dealAt: Date | null
  soldAt: Date | null
}

type Told = Older & { own: string; transfer: string; askedAt: Date }
const because = ({ receivedAt }: Told): string => `least||${receivedAt.getUTCMinutes() % 7}`

/** Writes them at the importer, tied to the dealer's own leads by number alone. */
export async function olderRequests({ run, network }: Ground, random: Random, importer: DemoCompany, dealer: Dealt, older: readonly Older[]): Promise<void> {
  const { tenantId } = importer.tenant
  const told = older.map((lead) => ({ ...lead, own: random.uuid(lead.receivedAt), transfer: random.uuid(lead.receivedAt), askedAt: new Date(lead.receivedAt.getTime() - 4_000) }))
  await insertPlain(
    run,
    'leads',
    told.map((lead) => ownRow(importer, lead)),
  )
  const numbers = await numbersOf(
    run,
    tenantId,
    told.map(({ own }) => own),
  )
  await insertPlain(
    run,
    'network_leads',
    told.map((lead) => ({ ...networkRow(lead, dealer), tenant_id: tenantId, number: numbers.get(lead.own), brand_id: lead.modelId ? network.brand.id : null })),
  )
  await insertPlain(
    run,
    'network_moves',
    told.map((lead) => ({
      tenant_id: tenantId,
      id: random.uuid(lead.receivedAt),
      lead_id: lead.own,
      kind: 'assigned',
      to_dealer_id: dealer.id,
      to_outlet_id: lead.outletId,
      because: because(lead),
      at: lead.receivedAt,
    })),
  )
}

function ownRow(importer: DemoCompany, { own, interest, modelId, result, askedAt, closedAt }: Told): Plain {
  return {
    tenant_id: importer.tenant.tenantId,
    id: own,
    source_id: importer.sources.find(({ code }) => code === 'site')?.id,
    outlet_id: importer.outlets[0]?.id,
    department_kind: 'call_centre',
    interest,
    model_id: modelId,
    status: 'closed',
    result,
    assigned_because: 'no_rule',
    received_at: askedAt,
    closed_at: closedAt,
    handed_on: true,
    notices: [],
    version: 2,
  }
}

const networkRow = (lead: Told, { id: dealerId, company }: Dealt): Plain => ({
  id: lead.own,
  interest: lead.interest,
  model_id: lead.modelId,
  dealer_id: dealerId,
  dealer_tenant_id: company.tenant.tenantId,
  outlet_id: lead.outletId,
  transfer_id: lead.transfer,
  assigned_because: because(lead),
  state: 'closed',
  take_minutes: 30,
  first_contact_minutes: 60,
  excused_minutes: 0,
  dealer_lead_number: Number(lead.number),
  client_dms_id: lead.dealNumber === null ? null : String(lead.dealNumber),
  asked_at: lead.askedAt,
  assigned_at: lead.receivedAt,
  received_at: lead.receivedAt,
  taken_at: lead.takenAt,
  first_contact_at: lead.firstContactAt,
  closed_at: lead.closedAt,
  deal_at: lead.dealAt,
  sold_at: lead.soldAt,
  result: lead.result,
  attempts: 1,
  version: 5,
})
