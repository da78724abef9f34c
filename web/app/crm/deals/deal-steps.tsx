import { useState } from 'react'
import { type Deal } from '../../../../contract/crm/deal.ts'
import { type TaskKind, taskKinds, tasks } from '../../../../contract/crm/task.ts'
import { Button } from '../../../ui/button.tsx'
import { DateTimeField, SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { NextSteps } from '../../people/card/next-steps.tsx'
import { whenOf } from '../../people/tasks/when.ts'
import { useRights } from '../../session/session.tsx'

/** What is planned with this client, and a new step of this very deal. */
export function DealSteps({ deal }: { deal: Deal }) {
  const { deals: t } = useWords()
  if (deal.personId === null) return null
  return (
    <Section title={t.steps}>
      <Stack gap="sm">
        <NextSteps personId={deal.personId} />
        <Plan personId={deal.personId} dealId={deal.id} />
      </Stack>
    </Section>
  )
}

function Plan({ personId, dealId }: { personId: string; dealId: string }) {
  const [{ deals: t, people }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [kind, setKind] = useState<TaskKind | null>(null)
  const [dueAt, setDueAt] = useState<string | null>(null)
  const create = useAct(tasks.create, { changes: ['task', 'deal'], done: () => (setKind(null), toast.done(t.planned)) })
  const pick = (next: TaskKind | null): void => {
    setKind(next)
    setDueAt(next && whenOf('tomorrow', new Date(), format.timeZone))
  }
  return (
    <Stack gap="xs">
      <SelectField
        label={t.plan}
        clearable
        placeholder={t.step}
        readOnly={why(tasks.create) !== null}
        value={kind}
        onChange={pick}
        choices={taskKinds.map((value) => ({ value, label: people.taskKinds[value] }))}
      />
      {kind && <DateTimeField label={t.due} required value={dueAt} onChange={setDueAt} />}
      {kind && (
        <Button kind="primary" size="xs" busy={create.isBusy} disabledReason={dueAt ? null : t.due} onClick={() => dueAt && create.fire({ personId, dealId, kind, dueAt })}>
          {t.plan}
        </Button>
      )}
    </Stack>
  )
}
