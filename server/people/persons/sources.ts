import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type PersonSource = {
  personId: string
  kind: 'lead' | 'import' | 'staff' | 'transfer' | 'company'
  name: string | null
  at: Date
}
/** A lead says by which source it came; what no lead brought was written down by somebody here. */
const sources = statement<PersonSource>(
  'person_sources',
  `
  select l.person_id "personId", case when exists (select from grounds g where g.tenant_id = $1 and g.person_id = l.person_id and g.evidence ? 'transferId' and g.evidence ->> 'leadId' = l.id::text) then 'transfer'
      when exists (select from lead_file_rows r where r.tenant_id = $1 and r.lead_id = l.id) then 'import' else 'lead' end kind, s.name, min(l.received_at) "at"
  from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id where l.tenant_id = $1 and l.person_id = any ($2::uuid[]) group by 1, 2, 3
  union all select g.person_id, case when g.evidence ? 'transferId' then 'transfer' when g.evidence ? 'by' and e.id is not null then 'staff' else 'company' end, e.position, min(g.since)
  from grounds g left join employees e on e.tenant_id = $1 and e.id::text = g.evidence ->> 'by'
  where g.tenant_id = $1 and g.person_id = any ($2::uuid[]) and not g.evidence ? 'leadId' and not g.evidence ? 'dealId' and not g.evidence ? 'consentEventId' group by 1, 2, 3
  order by "at" limit 500`,
)

/** Where data about these people came from (152-ФЗ art. 14 ч.7 п.5, art. 18 ч.3), the oldest first. */
export const sourcesOf = (ctx: Ctx, personIds: readonly string[]): Promise<PersonSource[]> => ctx.run(sources, [[...personIds]])
