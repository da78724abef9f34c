import { z } from 'zod'
import { stock, type StockRow } from '../../../contract/crm/stock.ts'
import { cursorFor, handle } from '../../kernel/index.ts'
import { isUuid } from '../../platform/ids.ts'
import { statement } from '../../platform/db/session.ts'
import { stockCar, stockColumns, stockJoins } from './stock-row.ts'

const filters = `v.tenant_id = $1 and ($2::uuid is null or v.model_id = $2) and ($3::uuid is null or v.outlet_id = $3) and ($4::text is null or v.condition = $4) and ($5::text is null or v.role = $5)
  and ($6::text is null or v.status = $6) and ($7::bigint is null or v.price_kopecks >= $7) and ($8::bigint is null or v.price_kopecks <= $8)
  and ($9::text is null or right(v.vin, length($9)) = $9)`
/** What a list is ordered by, as a number: days since 1970 (what is still on its way comes first) or kopecks. */
const days = `(coalesce(v.arrived_on, date '2999-12-31') - date '1970-01-01')::bigint`
const orders = {
  newest: { by: days, sign: '<', order: 'desc' },
  cheapest: { by: 'v.price_kopecks', sign: '>', order: 'asc' },
  dearest: { by: 'v.price_kopecks', sign: '<', order: 'desc' },
} as const
type Row = StockRow & { place: number }
const list = (name: keyof typeof orders) => {
  const { by, sign, order } = orders[name]
  return statement<Row>(
    `stock_list_${name}`,
    `select ${stockColumns}, ${by} place from ${stockJoins}
    where ${filters} and ($10::bigint is null or (${by}, v.id) ${sign} ($10, $11::uuid)) order by ${by} ${order}, v.id ${order} limit $12`,
  )
}
const places = cursorFor(z.tuple([z.number().int(), z.string().refine(isUuid)]))
const statements = { newest: list('newest'), cheapest: list('cheapest'), dearest: list('dearest') }

export const listStock = handle(stock.list, async (ctx, { limit, cursor, order, ...asked }) => {
  const place = places.read(cursor)
  const { modelId, outletId, condition, role, status, minKopecks, maxKopecks, vinTail } = asked
  const values = [modelId, outletId, condition, role, status, minKopecks, maxKopecks, vinTail, place?.[0], place?.[1]].map((value) => value ?? null)
  const rows = await ctx.run(statements[order], [...values, limit + 1])
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { rows: shown, nextCursor: rows.length > limit && last ? places.of([last.place, last.id]) : null }
})

export const showStockCar = handle(stock.get, (ctx, { vehicleId }) => stockCar(ctx, vehicleId, 'read'))

const MAX_MODELS = 2_000
const models = statement<{ id: string; name: string; brandId: string; brand: string }>(
  'stock_models',
  `
  select m.id, m.name, b.id "brandId", b.name brand from models m join brands b on b.id = m.brand_id where $1::uuid is not null order by b.name, m.name limit ${MAX_MODELS}`,
)

/** The dictionary of the whole platform, not of a dealer. */
export const listModels = handle(stock.models, async (ctx) => ({ models: await ctx.run(models) }))
