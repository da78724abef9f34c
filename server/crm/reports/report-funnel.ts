import type { z } from 'zod'
import { leadSteps } from '../../../contract/crm/lead.ts'
import { reports, type Steps } from '../../../contract/crm/report.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { reached } from '../leads/lead-steps.ts'
import { figure, reader, type Query } from './figures.ts'

type Row = { sourceId: string; source: string } & Record<keyof Steps, number>
const counted = leadSteps.map((step) => `count(*) filter (where ${reached[step]})::int "${step}"`).join(', ')
const funnel = statement<Row>(
  'report_funnel',
  `
  select l.source_id "sourceId", s.name source, count(*)::int received, ${counted}
  from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id
  where l.tenant_id = $1 and not l.handed_on and ${seenText('l', 2)} and l.received_at >= $5 and l.received_at < $6 and ($7::uuid is null or l.outlet_id = $7) and ($8::uuid is null or l.source_id = $8)
  group by l.source_id, s.name order by received desc, s.name`,
)

/** From lead to sold car, over the leads received in a period, wherever they are today. A step does not need the one before it. */
export const reportFunnel = handle(reports.funnel, async (ctx, { since, until, outletId, sourceId }) => {
  const rows = await ctx.run(funnel, [...seerValues(reader(ctx)), since, until, outletId ?? null, sourceId ?? null])
  const query: Query = { view: 'all', since, until, outletId, sourceId }
  return { steps: stepsOf(rows, query), sources: rows.map((row) => ({ sourceId: row.sourceId, source: row.source, steps: stepsOf([row], { ...query, sourceId: row.sourceId }) })) }
})

function stepsOf(rows: readonly Row[], query: Query): z.input<typeof Steps> {
  const sum = (step: keyof Steps): number => rows.reduce((total, row) => total + row[step], 0)
  const of = (step: (typeof leadSteps)[number]) => figure(sum(step), { ...query, reached: step })
  return { received: figure(sum('received'), query), taken: of('taken'), contacted: of('contacted'), deal: of('deal'), test_drive: of('test_drive'), won: of('won') }
}
