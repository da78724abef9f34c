import { BOARD_DAYS, deals, dealStages, type DealStage } from '../../../contract/crm/deal.ts'
import { fromCursor, handle, pageOf, seer, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'
import { dealColumns, dealJoins, toDeal, type DealColumns } from './deal-row.ts'

const DAY_MS = 86_400_000

/** `$2`–`$4` the seer, `$5` only mine, `$6` outlet, `$7` responsible, `$8` since when the closed ones count (null: since ever). */
const filters = `d.tenant_id = $1 and ${seenText('d', 2)} and (not $5::boolean or d.responsible_id = $4) and ($6::uuid is null or d.outlet_id = $6) and ($7::uuid is null or d.responsible_id = $7)
  and ($8::timestamptz is null or d.stage not in ('won', 'lost') or d.stage_since >= $8)`
type Filters = { mine: boolean; outletId?: string | undefined; responsibleId?: string | undefined }
const valuesOf = (ctx: Ctx, { mine, outletId, responsibleId }: Filters, closedSince: Date | null): unknown[] => [
  ...seerValues(seer(ctx.actor, 'deal.read_all')),
  mine,
  outletId ?? null,
  responsibleId ?? null,
  closedSince,
]

const counted = statement<{ stage: DealStage; count: number; sumKopecks: number }>(
  'deal_board_counts',
  `
  select d.stage, count(*)::int count, coalesce(sum(d.amount_kopecks), 0)::bigint "sumKopecks" from deals d where ${filters} group by d.stage`,
)
const first = statement<DealColumns>(
  'deal_board_first',
  `
  select x.* from unnest($9::text[]) s(stage) cross join lateral (
    select ${dealColumns} from ${dealJoins} where ${filters} and d.stage = s.stage order by d.stage_since desc, d.id desc limit $10) x`,
)

/** Every stage with its count and sum over all that the asker sees, and its first cards. */
export const showBoard = handle(deals.board, async (ctx, { perStage, ...asked }) => {
  const closedSince = new Date(ctx.now().getTime() - BOARD_DAYS * DAY_MS)
  const values = valuesOf(ctx, asked, closedSince)
  const [counts, found] = await Promise.all([ctx.run(counted, values), ctx.run(first, [...values, dealStages, perStage + 1])])
  const columns = dealStages.map((stage) => {
    const { count = 0, sumKopecks = 0 } = counts.find((row) => row.stage === stage) ?? {}
    return {
      stage,
      count,
      sumKopecks,
      ...dealsOf(
        found.filter((row) => row.stage === stage),
        perStage,
      ),
    }
  })
  return { closedSince: closedSince.toISOString(), columns }
})

const list = statement<DealColumns>(
  'deal_list',
  `
  select ${dealColumns} from ${dealJoins} where ${filters} and ($9::text is null or d.stage = $9) and ($10::uuid is null or d.person_id = $10)
    and ($11::timestamptz is null or (d.stage_since, d.id) < ($11, $12::uuid))
  order by d.stage_since desc, d.id desc limit $13`,
)

/** A column of the board further down, or the working lists of one client. */
export const listDeals = handle(deals.list, async (ctx, { cursor, limit, stage, personId, closedSince, ...asked }) => {
  const place = fromCursor(cursor)
  const values = valuesOf(ctx, asked, closedSince ? new Date(closedSince) : null)
  return dealsOf(await ctx.run(list, [...values, stage ?? null, personId ?? null, place?.at ?? null, place?.id ?? null, limit + 1]), limit)
})

function dealsOf(rows: DealColumns[], limit: number): { rows: ReturnType<typeof toDeal>[]; nextCursor: string | null } {
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.stageSince, row.id])
  return { rows: shown.map(toDeal), nextCursor }
}
