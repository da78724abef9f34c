import type { StockStatus } from '../../../../contract/crm/stock.ts'
import type { Tone } from '../../../ui/badge.tsx'

/** The colour that helps the word of a status. */
export const toneOf: Record<StockStatus, Tone> = { in_stock: 'good', in_transit: 'info', reserved: 'warn', sold: 'neutral' }
