import type { InteractionKind, TimelineType } from '../../../contract/crm/interaction.ts'
import type { LeadRow } from '../../../contract/crm/lead.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText } from '../../vault/index.ts'

/** A row of the union. `state` is a lead's status, a deal's stage, a drive's status; `outcome` a contact's or lead's result, a deal's reason; `number` a drive's minutes. */
export type TimelineRow = {
  type: TimelineType
  id: string
  at: Date
  kind: InteractionKind
  outcome: string | null
  state: string
  isAutomatic: boolean
  byId: string | null
  leadId: string | null
  dealId: string | null
  hasText: boolean
  number: number
  interest: LeadRow['interest']
  source: string
  model: string | null
  amountKopecks: number | null
  closedAt: Date | null
}

const columns = (type: TimelineType, own: Partial<Record<keyof TimelineRow, string>>): string => {
  const empty: Record<keyof TimelineRow, string> = {
    type: `'${type}'::text`,
    id: 'null::uuid',
    at: 'null::timestamptz',
    kind: 'null::text',
    outcome: 'null::text',
    state: 'null::text',
    isAutomatic: 'false',
    byId: 'null::uuid',
    leadId: 'null::uuid',
    dealId: 'null::uuid',
    hasText: 'false',
    number: '0::bigint',
    interest: 'null::text',
    source: 'null::text',
    model: 'null::text',
    amountKopecks: 'null::bigint',
    closedAt: 'null::timestamptz',
  }
  return Object.entries({ ...empty, ...own })
    .map(([name, text]) => `${text} "${name}"`)
    .join(', ')
}
/** Each branch reads no more than a page behind the cursor, by its own index of the person. */
const behind = (alias: string, at: string): string =>
  `${alias}.tenant_id = $1 and ${alias}.person_id = $2 and ($7::timestamptz is null or (${alias}.${at}, ${alias}.id) < ($7, $8::uuid))`
const newest = (alias: string, at: string): string => `order by ${alias}.${at} desc, ${alias}.id desc limit $9`
// Deals have their own right to see all, at $6; outlet and asker are the same.
const seenDeal = seenText('d', 3).replaceAll('$4::boolean', '$6::boolean')

/** `$2` person, `$3`–`$5` the seer of leads, `$6` sees all deals, `$7`–`$8` place, `$9` limit, `$10`–`$13` which types. */
export const timelineOf = statement<TimelineRow>(
  'timeline',
  `
  (select ${columns('interaction', { id: 'i.id', at: 'i.at', kind: 'i.kind', outcome: 'i.result', isAutomatic: 'i.is_automatic', byId: 'i.by_id', leadId: 'i.lead_id', dealId: 'i.deal_id', hasText: 'i.has_text' })}
    from interactions i where $10::boolean and ${behind('i', 'at')} ${newest('i', 'at')})
  union all (select ${columns('lead', {
    id: 'l.id',
    at: 'l.received_at',
    outcome: 'l.result',
    state: 'l.status',
    byId: 'l.responsible_id',
    number: 'l.number',
    interest: 'l.interest',
    source: 's.name',
    model: 'm.name',
    hasText: `exists (select from facts f where f.tenant_id = $1 and f.person_id = $2 and f.class = 'communication' and f.record_id = l.id)`,
  })}
    from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id left join models m on m.id = l.model_id
    where $11::boolean and ${behind('l', 'received_at')} and ${seenText('l', 3)} ${newest('l', 'received_at')})
  union all (select ${columns('deal', { id: 'd.id', at: 'd.opened_at', outcome: 'd.lost_reason', state: 'd.stage', byId: 'd.responsible_id', leadId: 'd.lead_id', number: 'd.number', model: 'm.name', amountKopecks: 'd.amount_kopecks', closedAt: 'd.closed_at' })}
    from deals d left join models m on m.id = d.model_id where $12::boolean and ${behind('d', 'opened_at')} and ${seenDeal} ${newest('d', 'opened_at')})
  union all (select ${columns('test_drive', { id: 't.id', at: 't.starts_at', state: 't.status', byId: 't.responsible_id', leadId: 't.lead_id', dealId: 't.deal_id', number: 't.minutes::bigint', model: 'm.name' })}
    from test_drives t join stock_vehicles v on v.tenant_id = $1 and v.id = t.vehicle_id join models m on m.id = v.model_id
    where $13::boolean and ${behind('t', 'starts_at')} ${newest('t', 'starts_at')})
  order by 3 desc, 2 desc limit $9`,
)
