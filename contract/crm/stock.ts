import { z } from 'zod'
import { get, patch } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'

export const stockConditions = ['new', 'used'] as const
export const stockRoles = ['sale', 'demo'] as const
export const stockStatuses = ['in_stock', 'in_transit', 'reserved', 'sold'] as const
export type StockStatus = (typeof stockStatuses)[number]
export const stockOrders = ['newest', 'cheapest', 'dearest'] as const

export const StockRow = z.object({
  id: z.uuid(),
  outletId: z.uuid(),
  modelId: z.uuid(),
  model: z.string(),
  brand: z.string(),
  vinTail: z.string(),
  condition: z.enum(stockConditions),
  role: z.enum(stockRoles),
  status: z.enum(stockStatuses),
  year: z.number().int(),
  colour: z.string(),
  trim: z.string(),
  priceKopecks: z.number().int(),
  mileageKm: z.number().int(),
  arrivedOn: z.iso.date().nullable(),
  version: z.number().int(),
})
export type StockRow = z.output<typeof StockRow>

/** The whole VIN of the dealer's own car; null once it is sold: then it is somebody's. `bookedDrives` are still to come. */
export const StockCard = StockRow.extend({ vin: z.string().nullable(), bookedDrives: z.number().int() })
export type StockCard = z.output<typeof StockCard>

const Price = z.coerce.number().int().min(0).max(1_000_000_000_000)
const VehicleId = z.object({ vehicleId: z.uuid() })

export const stock = {
  list: get('/stock', {
    can: 'stock.read',
    summary: 'Cars of the dealer: by model, condition, role, status, price in kopecks and the end of the VIN',
    input: z.object({
      ...Paging,
      order: z.enum(stockOrders).default('newest'),
      modelId: z.uuid().optional(),
      outletId: z.uuid().optional(),
      condition: z.enum(stockConditions).optional(),
      role: z.enum(stockRoles).optional(),
      status: z.enum(stockStatuses).optional(),
      minKopecks: Price.optional(),
      maxKopecks: Price.optional(),
      vinTail: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-HJ-NPR-Z0-9]{3,17}$/)
        .optional(),
    }),
    output: page(StockRow),
  }),
  get: get('/stock/:vehicleId', { can: 'stock.read', summary: 'One car', input: VehicleId, output: StockCard }),
  edit: patch('/stock/:vehicleId', {
    can: 'stock.edit',
    summary: 'Change status, price, mileage, or make it a demonstration car; a lost update is refused',
    input: VehicleId.extend({
      version: z.number().int(),
      status: z.enum(stockStatuses).optional(),
      role: z.enum(stockRoles).optional(),
      priceKopecks: z.number().int().min(0).max(1_000_000_000_000).optional(),
      mileageKm: z.number().int().min(0).max(2_000_000).optional(),
    }),
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
  models: get('/stock/models', {
    can: 'stock.read',
    summary: 'The catalogue of brands and models',
    input: z.object({}),
    output: z.object({ models: z.array(z.object({ id: z.uuid(), name: z.string(), brandId: z.uuid(), brand: z.string() })) }),
  }),
}
