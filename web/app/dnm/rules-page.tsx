import { type NetworkRule, networkPolicies, networkRules } from '../../../contract/dnm/rule.ts'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { ClockTerms } from '../shared/clock-terms.tsx'
import { RulesPage } from '../shared/rules-page.tsx'
import { useNetworkNames } from './network-names.ts'
import { NetworkRuleDialog } from './rule-dialog.tsx'
import { NetworkTrial } from './rule-trial.tsx'

const changes = ['network_lead'] as const

/** Which dealer gets which requests, in order; how fast they must answer; and a trial that shows what would happen right now. */
export function NetworkRulesPage() {
  const { dnm: t } = useWords()
  const asked = useAsk(networkRules.list, {}, { live: changes })
  const remove = useAct(networkRules.remove, { changes, done: () => toast.done(t.removed) })
  return (
    <RulesPage
      title={t.rules}
      newRule={t.newRule}
      words={t}
      asked={asked}
      acts={networkRules}
      changes={changes}
      tell={useTold()}
      onRemove={({ id, version }) => remove.fire({ networkRuleId: id, version })}
      dialog={(edited, onClose) => <NetworkRuleDialog rule={edited} onClose={onClose} />}
    >
      <NetworkTrial />
      <ClockTerms words={t} acts={networkPolicies} />
    </RulesPage>
  )
}

function useTold(): (rule: NetworkRule) => { when: string; then: string } {
  const [{ dnm: t, leads }, { dealers, outlets, models }] = [useWords(), useNetworkNames()]
  const dealer = (id: string | null): string | undefined => dealers.find((one) => one.id === id)?.name
  return (rule) => {
    const outlet = outlets.find(({ id }) => id === rule.toNetworkOutletId)
    const when = [
      models.find(({ brandId }) => brandId === rule.brandId)?.brand,
      models.find(({ id }) => id === rule.modelId)?.name,
      rule.interest && leads.interests[rule.interest],
      rule.city,
      rule.wishedDealerId && `${t.wishedDealer}: ${dealer(rule.wishedDealerId) ?? ''}`,
      rule.onlyOpen && t.whileOpen,
    ].filter(Boolean)
    return { when: when.length > 0 ? when.join(', ') : t.always, then: outlet ? `${outlet.dealer}, ${outlet.name}` : (dealer(rule.toDealerId) ?? t.least) }
  }
}
