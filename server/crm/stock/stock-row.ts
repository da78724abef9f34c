import type { StockRow } from '../../../contract/crm/stock.ts'
import { notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** Everything a car is told with. Of a number somebody else may own by now (sold) only the end leaves the table. */
export type StockColumns = StockRow & { vin: string | null }
export const stockColumns = `v.id, v.outlet_id "outletId", v.model_id "modelId", m.name model, b.name brand, right(v.vin, 6) "vinTail", v.condition, v.role, v.status, v.year, v.colour, v.trim,
  v.price_kopecks "priceKopecks", v.mileage_km "mileageKm", v.arrived_on "arrivedOn", v.version`
export const stockJoins = 'stock_vehicles v join models m on m.id = v.model_id join brands b on b.id = m.brand_id'

const one = (lock: string) =>
  statement<StockColumns>(
    `stock_one${lock ? '_locked' : ''}`,
    `
  select ${stockColumns}, case when v.status = 'sold' then null else v.vin end vin
  from ${stockJoins} where v.tenant_id = $1 and v.id = $2${lock}`,
  )
const reading = one('')
const changing = one(' for update of v')

const booked = statement<{ bookedDrives: number }>(
  'stock_booked',
  `
  select count(*)::int "bookedDrives" from test_drives where tenant_id = $1 and vehicle_id = $2 and status = 'booked' and starts_at > $3`,
)

/**
 * A car of the dealer and how many drives it still has to make; whoever has the right sees the whole stock, of every outlet. The drives are
 * counted after the lock is held, so that a booking which was a moment earlier is among them.
 */
export async function stockCar(ctx: Ctx, vehicleId: string, how: 'read' | 'lock'): Promise<StockColumns & { bookedDrives: number }> {
  const [row] = await ctx.run(how === 'lock' ? changing : reading, [vehicleId])
  if (!row) throw notFound()
  const [drives] = await ctx.run(booked, [vehicleId, ctx.now()])
  return { ...row, bookedDrives: drives?.bookedDrives ?? 0 }
}
