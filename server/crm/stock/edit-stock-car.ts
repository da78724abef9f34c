import { stock } from '../../../contract/crm/stock.ts'
import { handle, invalid, Refusal, stale, wrongState } from '../../kernel/index.ts'
import { stockCar } from './stock-row.ts'

/** Changes a car. One with drives to come stays a demonstration car that is there; what is sold changes no more but back into stock. */
export const editStockCar = handle(stock.edit, async (ctx, { vehicleId, version, ...change }) => {
  const car = await stockCar(ctx, vehicleId, 'lock')
  if (car.version !== version) throw stale({ version: car.version, status: car.status, role: car.role, priceKopecks: car.priceKopecks, mileageKm: car.mileageKm })
  const what = definedOf(change)
  if (Object.keys(what).length === 0) throw invalid('status', 'nothing_to_change')
  if (car.status === 'sold' && (change.status === undefined || change.status === 'sold')) throw wrongState('sold')
  const [role, status] = [change.role ?? car.role, change.status ?? car.status]
  if (car.bookedDrives > 0 && (role !== 'demo' || status !== 'in_stock')) throw new Refusal('in_use', { details: { testDrives: car.bookedDrives } })
  await ctx.db
    .updateTable('stockVehicles')
    .set({ ...what, version: version + 1 } as never)
    .where('id', '=', vehicleId)
    .execute()
  const before = Object.fromEntries(Object.keys(what).map((name) => [`${name}Before`, car[name as keyof typeof change] ?? null]))
  ctx.audit('stock.edited', { object: { kind: 'stock_vehicle', id: vehicleId }, details: { ...what, ...before } })
  ctx.live({ kind: 'stock', id: vehicleId, outletId: car.outletId, responsibleId: null })
  return { id: vehicleId, version: version + 1 }
})

const definedOf = (change: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(change).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
