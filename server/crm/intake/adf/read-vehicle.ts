import { readIds } from './read-ids.ts'
import type { Notebook } from './notebook.ts'
import type { Element } from './read-tree.ts'
import type { AdfPrice, AdfVehicle } from './types.ts'

const interests = {
  buy: 'buy',
  lease: 'lease',
  sell: 'sell',
  'trade-in': 'trade_in',
  tradein: 'trade_in',
  trade: 'trade_in',
  'test-drive': 'test_drive',
  testdrive: 'test_drive',
} as const
const conditions = { new: 'new', used: 'used' } as const
const units = { km: 'km', mi: 'mi', miles: 'mi' } as const
const priceTypes = { quote: 'quote', offer: 'offer', msrp: 'msrp', invoice: 'invoice', call: 'call', appraisal: 'appraisal', asking: 'asking' } as const
const amountTypes = { downpayment: 'downpayment', monthly: 'monthly', total: 'total' } as const
const limits = { maximum: 'maximum', minimum: 'minimum', exact: 'exact' } as const

/** A `vehicle`. One of several with `interest="trade-in"` is the person's own car, not the one they want. */
export function readVehicle(book: Notebook, element: Element): AdfVehicle {
  const interest = book.choice(element, 'interest', interests, 'buy')
  const value = (name: string) => book.value(element, name)
  return {
    interest,
    isOwn: interest === 'trade_in' || interest === 'sell',
    condition: book.choice(element, 'status', conditions, 'new'),
    ids: readIds(book, element),
    year: value('year'),
    make: value('make'),
    model: value('model'),
    vin: value('vin'),
    stock: value('stock'),
    trim: value('trim'),
    doors: value('doors'),
    bodyStyle: value('bodystyle'),
    transmission: value('transmission'),
    odometer: readOdometer(book, element),
    colors: book.all(element, 'colorcombination').map((color) => ({ exterior: book.value(color, 'exteriorcolor'), interior: book.value(color, 'interiorcolor') })),
    prices: book
      .all(element, 'price')
      .map((price) => readPrice(book, price))
      .filter(({ amount }) => amount !== ''),
    priceComments: book.comment(element, 'pricecomments'),
    options: book
      .all(element, 'option')
      .map((option) => book.value(option, 'optionname'))
      .filter((name) => name !== null),
    finance: readFinance(book, element),
    comments: book.comment(element, 'comments'),
  }
}

function readOdometer(book: Notebook, vehicle: Element): AdfVehicle['odometer'] {
  const element = book.one(vehicle, 'odometer')
  const value = element && book.text(element)
  return element && value ? { value, units: book.choice(element, 'units', units, null) } : null
}

function readPrice(book: Notebook, element: Element): AdfPrice {
  return { amount: book.text(element), type: book.choice(element, 'type', priceTypes, 'quote'), currency: currencyOf(element) }
}

function readFinance(book: Notebook, vehicle: Element): AdfVehicle['finance'] {
  const element = book.one(vehicle, 'finance')
  if (!element) return null
  const amounts = book.all(element, 'amount').map((amount) => ({
    amount: book.text(amount),
    type: book.choice(amount, 'type', amountTypes, 'total'),
    limit: book.choice(amount, 'limit', limits, 'maximum'),
    currency: currencyOf(amount),
  }))
  return { method: book.value(element, 'method'), amounts: amounts.filter(({ amount }) => amount !== '') }
}

function currencyOf(element: Element): string | null {
  return /^\s*([a-z]{3})\s*$/i.exec(element.attributes.get('currency') ?? '')?.[1]?.toUpperCase() ?? null
}
