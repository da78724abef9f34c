import type { LeadStep } from '../../../contract/crm/lead.ts'

/** How far a lead `l` came, in SQL; `$1` is the tenant. The funnel counts by the same words by which its rows are listed. */
export const reached: Record<LeadStep, string> = {
  taken: `(l.taken_at is not null or l.first_contact_at is not null)`,
  contacted: `l.first_contact_at is not null`,
  deal: `exists (select from deals d where d.tenant_id = $1 and d.lead_id = l.id)`,
  test_drive: `(exists (select from test_drives t where t.tenant_id = $1 and t.lead_id = l.id and t.status in ('booked', 'done'))
    or exists (select from deals d join test_drives t on t.tenant_id = $1 and t.deal_id = d.id and t.status in ('booked', 'done') where d.tenant_id = $1 and d.lead_id = l.id))`,
  won: `exists (select from deals d where d.tenant_id = $1 and d.lead_id = l.id and d.stage = 'won')`,
}
