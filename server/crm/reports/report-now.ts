import { reports } from '../../../contract/crm/report.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { heatOf } from '../leads/burning.ts'
import { clockRules } from '../leads/lead-row.ts'
import { readUnanswered } from '../leads/list-leads.ts'
import { figure, groupBy, reader, type Query } from './figures.ts'

type Standing = { outletId: string; responsibleId: string | null; open: number; escalated: number }
const standing = statement<Standing>(
  'report_standing',
  `
  select l.outlet_id "outletId", l.responsible_id "responsibleId", count(*)::int open, count(*) filter (where l.escalated_at is not null)::int escalated
  from leads l where l.tenant_id = $1 and l.status in ('new', 'in_work') and not l.handed_on and ${seenText('l', 2)} and ($5::uuid is null or l.outlet_id = $5) group by l.outlet_id, l.responsible_id`,
)

type Hot = { outletId: string; responsibleId: string | null; heat: 'overdue' | 'soon' | null }

/** What burns: overdue and soon due, by the clock of the tray itself. */
export const reportNow = handle(reports.now, async (ctx, { outletId }) => {
  const who = reader(ctx)
  const now = ctx.now()
  const [rules, waiting, rows] = await Promise.all([clockRules(ctx), readUnanswered(ctx, { outletId }, who), ctx.run(standing, [...seerValues(who), outletId ?? null])])
  const hot = waiting.rows.map((lead) => ({ outletId: lead.outletId, responsibleId: lead.responsibleId, heat: heatOf(lead, rules, now).heat }))
  const escalated = rows.reduce((sum, row) => sum + row.escalated, 0)
  const free = rows.filter(({ responsibleId }) => responsibleId === null).reduce((sum, { open }) => sum + open, 0)
  return {
    at: now.toISOString(),
    isCut: waiting.isCut,
    total: { ...burning(rows, hot, { outletId }), unassigned: figure(free, { view: 'unassigned', outletId }), escalated: figure(escalated, { view: 'escalated', outletId }) },
    outlets: [...groupBy(rows, (row) => row.outletId)].map(([id, some]) => ({
      outletId: id,
      ...burning(
        some,
        hot.filter((lead) => lead.outletId === id),
        { outletId: id },
      ),
    })),
    employees: [...groupBy(rows, (row) => row.responsibleId)].map(([id, some]) => ({
      employeeId: id,
      ...burning(
        some,
        hot.filter((lead) => lead.responsibleId === id),
        { outletId, ...(id === null ? { view: 'unassigned' as const } : { responsibleId: id }) },
      ),
    })),
  }
})

function burning(rows: readonly Standing[], hot: readonly Hot[], query: Query) {
  const count = (heat: Hot['heat']): number => hot.filter((lead) => lead.heat === heat).length
  return {
    overdue: figure(count('overdue'), { ...query, clock: 'overdue' }),
    soon: figure(count('soon'), { ...query, clock: 'soon' }),
    open: figure(
      rows.reduce((sum, { open }) => sum + open, 0),
      query,
    ),
  }
}
