import type { NetworkPreview } from '../../../contract/dnm/rule.ts'
import { sameCity } from '../../identity/index.ts'

/** An outlet of the network as routing sees it. Loads are those of its dealer: people there share the work. */
export type Candidate = {
  outletId: string
  dealerId: string
  outlet: string
  dealer: string
  city: string
  isActive: boolean
  /** Requests can reach the dealer: it agreed, has a key, or has an address. */
  isReady: boolean
  /** Empty: every brand. */
  brandIds: readonly string[]
  openLeads: number
  todayLeads: number
  dailyCapacity: number | null
  isOpen: boolean
}
export type Rule = {
  id: string
  name: string
  brandId: string | null
  modelId: string | null
  interest: string | null
  city: string | null
  wishedDealerId: string | null
  toDealerId: string | null
  toOutletId: string | null
  onlyOpen: boolean
  isActive: boolean
}
export type Asked = {
  brandId: string | null
  modelId: string | null
  interest: string
  city: string | null
  wishedOutletId: string | null
  /** Dealers who had this request already. */
  tried: readonly string[]
}
/** `because` is told in words by the screen: see `readNetworkBecause` of the contract. */
export type Choice = { outletId: string; dealerId: string; ruleId: string | null; because: string }

/**
 * Who gets a request: the outlet the person chose themself, else the first rule that fits and leads to somebody who can take it, else the least
 * loaded in the person's city, else anywhere. Who is open now comes before who is closed. A pure function of what is handed in: the same
 * question has the same answer. Null: nobody can take it.
 */
export function chooseDealer(asked: Asked, rules: readonly Rule[], candidates: readonly Candidate[]): Choice | null {
  const fit = candidates.filter((one) => misfit(asked, one) === null).sort(byLoad)
  const wished = candidates.find(({ outletId }) => outletId === asked.wishedOutletId)
  const chosen = fit.find(({ outletId }) => outletId === asked.wishedOutletId)
  if (chosen) return to(chosen, null, `wished_outlet|${plain(chosen.outlet)}`)
  const near = inCity(fit, asked.city)
  const sameDealer = wished && near.find(({ dealerId }) => dealerId === wished.dealerId)
  if (sameDealer) return to(sameDealer, null, `wished_dealer|${plain(sameDealer.dealer)}`)
  for (const rule of rules) {
    if (!isMeant(rule, asked, wished?.dealerId ?? null)) continue
    const choice = byRule(rule, near)
    if (choice) return choice
  }
  const [here] = asked.city === null ? [] : fit.filter(({ city }) => sameCity(city, asked.city))
  if (here) return to(here, null, `city_least|${plain(here.city)}|${here.openLeads}`)
  const [least] = fit
  return least ? to(least, null, `least||${least.openLeads}`) : null
}

/** Why an outlet cannot take this request; null: it can. */
export function misfit({ brandId, tried }: Pick<Asked, 'brandId' | 'tried'>, one: Candidate): NetworkPreview['passedOver'][number]['why'] | null {
  if (!one.isActive) return 'inactive'
  if (!one.isReady) return 'not_ready'
  if (brandId !== null && one.brandIds.length > 0 && !one.brandIds.includes(brandId)) return 'brand'
  if (tried.includes(one.dealerId)) return 'tried'
  return one.dailyCapacity !== null && one.todayLeads >= one.dailyCapacity ? 'full' : null
}

/** The best first: open, then the fewest open requests, then the fewest today; the last word has an order that never changes. */
export const byLoad = (a: Candidate, b: Candidate): number =>
  Number(b.isOpen) - Number(a.isOpen) || a.openLeads - b.openLeads || a.todayLeads - b.todayLeads || (a.outletId < b.outletId ? -1 : 1)

function byRule(rule: Rule, fit: readonly Candidate[]): Choice | null {
  const named = fit.filter((one) => (rule.toOutletId === null || one.outletId === rule.toOutletId) && (rule.toDealerId === null || one.dealerId === rule.toDealerId))
  const [target] = rule.onlyOpen ? named.filter(({ isOpen }) => isOpen) : named
  if (!target) return null
  const name = plain(rule.name)
  if (rule.toOutletId !== null) return to(target, rule.id, `rule_outlet|${name}`)
  return to(target, rule.id, rule.toDealerId === null ? `rule_least|${name}|${target.openLeads}` : `rule_dealer|${name}`)
}

const isMeant = (rule: Rule, asked: Asked, wishedDealerId: string | null): boolean =>
  rule.isActive &&
  (rule.brandId === null || rule.brandId === asked.brandId) &&
  (rule.modelId === null || rule.modelId === asked.modelId) &&
  (rule.interest === null || rule.interest === asked.interest) &&
  (rule.city === null || sameCity(rule.city, asked.city)) &&
  (rule.wishedDealerId === null || rule.wishedDealerId === wishedDealerId)

/** Those of the person's own city first, each half in its order. */
const inCity = (fit: readonly Candidate[], city: string | null): Candidate[] =>
  city === null ? [...fit] : [...fit.filter((one) => sameCity(one.city, city)), ...fit.filter((one) => !sameCity(one.city, city))]

const to = ({ outletId, dealerId }: Candidate, ruleId: string | null, because: string): Choice => ({ outletId, dealerId, ruleId, because })
/** A bar would break the line that explains. */
const plain = (name: string): string => name.replaceAll('|', ' ')
