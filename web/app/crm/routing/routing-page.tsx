import { type Rule, policies, routing, sources } from '../../../../contract/crm/routing.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { ClockTerms } from '../../shared/clock-terms.tsx'
import { RulesPage } from '../../shared/rules-page.tsx'
import { useLeadWords } from '../leads/lead-words.ts'
import { RoutingTrial } from './routing-trial.tsx'
import { RuleDialog } from './rule-dialog.tsx'

const changes = ['lead'] as const

/** Who gets which leads, in order; how fast they must be answered; and a trial that shows what the rules would do right now. */
export function RoutingPage() {
  const { leads: t } = useWords()
  const asked = useAsk(routing.list, {}, { live: changes })
  const remove = useAct(routing.remove, { changes, done: () => toast.done(t.removed) })
  return (
    <RulesPage
      title={t.routing}
      newRule={t.ruleNew}
      words={t}
      asked={asked}
      acts={routing}
      changes={changes}
      tell={useTold()}
      onRemove={({ id, version }) => remove.fire({ ruleId: id, version })}
      dialog={(edited, onClose) => <RuleDialog rule={edited} onClose={onClose} />}
    >
      <RoutingTrial />
      <ClockTerms words={t} acts={policies} changes={changes} />
    </RulesPage>
  )
}

function useTold(): (rule: Rule) => { when: string; then: string } {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  return ({ sourceId, interest, outletId, toOutletId, toDepartmentKind, toEmployeeId }) => {
    const when = [sourceId && data?.sources.find(({ id }) => id === sourceId)?.name, interest && t.interests[interest], outletId && say.outlet(outletId)].filter(Boolean)
    return {
      when: when.length > 0 ? when.join(', ') : `${t.anySource}, ${t.anyInterest}`,
      then: `${say.outlet(toOutletId)}, ${t.departments[toDepartmentKind]}, ${toEmployeeId ? say.staff(toEmployeeId) : t.least}`,
    }
  }
}
