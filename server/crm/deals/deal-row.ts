import type { DealRow, DealStage, LostReason } from '../../../contract/crm/deal.ts'

/** Columns of a working list as the statements of this folder alias them. */
export type DealColumns = {
  id: string
  number: number
  personId: string | null
  leadId: string | null
  outletId: string
  responsibleId: string
  specialistId: string | null
  modelId: string | null
  model: string | null
  stage: DealStage
  lostReason: LostReason | null
  amountKopecks: number | null
  openedAt: Date
  stageSince: Date
  closedAt: Date | null
  nextTaskAt: Date | null
  version: number
}
export const dealColumns = `d.id, d.number, d.person_id "personId", d.lead_id "leadId", d.outlet_id "outletId", d.responsible_id "responsibleId", d.specialist_id "specialistId", d.model_id "modelId", m.name model, d.stage,
  d.lost_reason "lostReason", d.amount_kopecks "amountKopecks", d.opened_at "openedAt", d.stage_since "stageSince", d.closed_at "closedAt",
  (select min(k.due_at) from tasks k where k.tenant_id = $1 and k.deal_id = d.id and k.done_at is null) "nextTaskAt", d.version`
export const dealJoins = 'deals d left join models m on m.id = d.model_id'

export const toDeal = (row: DealColumns): DealRow => ({
  ...row,
  openedAt: row.openedAt.toISOString(),
  stageSince: row.stageSince.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  nextTaskAt: row.nextTaskAt?.toISOString() ?? null,
})
