import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { networkRules } from '../../../contract/dnm/rule.ts'
import { useAsk } from '../data/ask.ts'

/** Names of what rules speak of. */
export function useNetworkNames() {
  const { data: dealers } = useAsk(networkDealers.list, {}, { staleMs: 60_000 })
  const { data: outlets } = useAsk(networkDealers.outlets, {}, { staleMs: 60_000 })
  const { data: range } = useAsk(networkRules.models, {}, { staleMs: 300_000 })
  return { dealers: dealers?.dealers ?? [], outlets: outlets?.outlets ?? [], models: range?.models ?? [] }
}
