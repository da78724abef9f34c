import { call } from '../../../contract/call.ts'
import { deals } from '../../../contract/crm/deal.ts'
import { leads } from '../../../contract/crm/lead.ts'
import { stock } from '../../../contract/crm/stock.ts'
import type { Searcher } from '../shell/searchers.ts'

const MOST = 5
/** «Лид № 120», «№120», `120`: the number alone counts. Longer ones are phones. */
export const numberIn = (query: string): number | null => {
  const found = /^(?:\p{L}+\s*)?(?:№|#|no\.?)?\s*(\d{1,8})$/iu.exec(query.trim())
  return found ? Number(found[1]) : null
}
/** The end of a VIN: letters and digits, not a word and not a phone. */
export const vinTailIn = (query: string): string | null => {
  const tail = query.trim().toUpperCase()
  return /^[A-HJ-NPR-Z0-9]{4,17}$/.test(tail) && /\d/.test(tail) ? tail : null
}

/** A lead by the number that a colleague names. */
export const leadSearcher: Searcher = {
  can: 'lead.read',
  ask: async (query, { signal, words, go }) => {
    const number = numberIn(query)
    if (number === null) return []
    const lead = await call(leads.find, { number }, { signal })
    return [
      {
        id: lead.id,
        group: words.leads.tray,
        title: words.leads.number(lead.number),
        hint: [words.leads.interests[lead.interest], lead.source, words.leads.statuses[lead.status]].join(' · '),
        run: () => go('/leads', { lead: lead.id, view: 'all' }),
      },
    ]
  },
}

/** A working list by the number that stands on paper. */
export const dealSearcher: Searcher = {
  can: 'deal.read',
  ask: async (query, { signal, words, go }) => {
    const number = numberIn(query)
    if (number === null) return []
    const deal = await call(deals.find, { number }, { signal })
    return [
      {
        id: deal.id,
        group: words.deals.title,
        title: words.deals.number(deal.number),
        hint: [deal.model, words.deals.stages[deal.stage]].filter(Boolean).join(' · '),
        run: () => go(`/deals/${deal.id}`),
      },
    ]
  },
}

/** Cars by the end of their VIN, and models by name: their cars in stock. */
export const stockSearcher: Searcher = {
  can: 'stock.read',
  ask: async (query, { signal, words, go }) => {
    const tail = vinTailIn(query)
    const named = query.trim().toLowerCase()
    const [cars, models] = await Promise.all([tail ? call(stock.list, { vinTail: tail, limit: MOST }, { signal }) : null, call(stock.models, {}, { signal })])
    const fits = models.models.filter(({ name, brand }) => `${brand} ${name}`.toLowerCase().includes(named)).slice(0, MOST)
    return [
      ...(cars?.rows ?? []).map((car) => ({
        id: car.id,
        group: words.stock.title,
        title: `${car.model}, ${car.year}`,
        hint: `…${car.vinTail} · ${words.stock.statuses[car.status]}`,
        run: () => go('/stock', { car: car.id }),
      })),
      ...fits.map(({ id, name, brand }) => ({ id, group: words.stock.title, title: `${brand} ${name}`, run: () => go('/stock', { model: id }) })),
    ]
  },
}
