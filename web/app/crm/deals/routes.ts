import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { z } from 'zod'
import { stockConditions, stockOrders, stockRoles, stockStatuses } from '../../../../contract/crm/stock.ts'
import { paths } from '../../paths.ts'
import { staffRoute } from '../../root-route.tsx'

/** What stands in an address may be anything: a value that does not fit is left out, never an error. */
const kept = <T extends z.ZodType>(of: T) => of.optional().catch(undefined)

const Board = z.object({ mine: kept(z.literal(true)), deal: kept(z.uuid()) })
const Day = z.object({ date: kept(z.iso.date()) })
const Stock = z.object({
  model: kept(z.uuid()),
  condition: kept(z.enum(stockConditions)),
  role: kept(z.enum(stockRoles)),
  status: kept(z.enum(stockStatuses)),
  order: kept(z.enum(stockOrders)),
  /** Roubles. */
  from: kept(z.number().int().min(0)),
  to: kept(z.number().int().min(0)),
  vin: kept(z.coerce.string().max(17)),
  car: kept(z.uuid()),
})
export type StockSearch = z.output<typeof Stock>

export const dealRoutes = [
  createRoute({ getParentRoute: () => staffRoute, path: paths.deals, validateSearch: Board, component: lazyRouteComponent(() => import('./board-page.tsx'), 'BoardPage') }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.deal, component: lazyRouteComponent(() => import('./deal-page.tsx'), 'DealPage') }),
  createRoute({
    getParentRoute: () => staffRoute,
    path: paths.testDrives,
    validateSearch: Day,
    component: lazyRouteComponent(() => import('../test-drives/day-page.tsx'), 'DayPage'),
  }),
  createRoute({ getParentRoute: () => staffRoute, path: paths.stock, validateSearch: Stock, component: lazyRouteComponent(() => import('../stock/stock-page.tsx'), 'StockPage') }),
] as const
