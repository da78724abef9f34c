import { stock } from '../../../contract/crm/stock.ts'
import { handle, Refusal, saidIn, stale, wrongState } from '../../kernel/index.ts'
import { stockCar } from './stock-row.ts'

/** Changes a car. One with drives to come stays a demonstration car that is there; what is sold changes no more but back into stock. */
export const editStockCar = handle(stock.edit, async (ctx, { vehicleId, version, ...asked }) => {
  const car = await stockCar(ctx, vehicleId, 'lock')
  if (car.version !== version) throw stale({ version: car.version, status: car.status, role: car.role, priceKopecks: car.priceKopecks, mileageKm: car.mileageKm })
  const { change } = saidIn(asked, 'status')
  if (car.status === 'sold' && (change.status === undefined || change.status === 'sold')) throw wrongState('sold')
  const [role, status] = [change.role ?? car.role, change.status ?? car.status]
  if (car.bookedDrives > 0 && (role !== 'demo' || status !== 'in_stock')) throw new Refusal('in_use', { details: { testDrives: car.bookedDrives } })
  await ctx.db
    .updateTable('stockVehicles')
    .set({ ...change, version: version + 1 })
    .where('id', '=', vehicleId)
    .execute()
  const before = Object.fromEntries(Object.keys(change).map((name) => [`${name}Before`, car[name as keyof typeof change] ?? null]))
  ctx.audit('stock.edited', { object: { kind: 'stock_vehicle', id: vehicleId }, details: { ...change, ...before } })
  ctx.live({ kind: 'stock', id: vehicleId, outletId: car.outletId, responsibleId: null })
  return { id: vehicleId, version: version + 1 }
})
