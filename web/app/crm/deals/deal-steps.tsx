import { type Deal } from '../../../../contract/crm/deal.ts'
import { Stack } from '../../../ui/layout.ts'
import { Section } from '../../../ui/page.tsx'
import { useWords } from '../../language.tsx'
import { NextSteps } from '../../people/card/next-steps.tsx'
import { PlanStep } from '../../people/tasks/plan-step.tsx'

/** What is planned with this client, and a new step of this very deal. */
export function DealSteps({ deal }: { deal: Deal }) {
  const { deals: t } = useWords()
  if (deal.personId === null) return null
  return (
    <Section title={t.steps}>
      <Stack gap="sm">
        <NextSteps personId={deal.personId} />
        <PlanStep personId={deal.personId} dealId={deal.id} words={{ plan: t.plan, planned: t.planned, what: t.step, due: t.due }} />
      </Stack>
    </Section>
  )
}
