import { useState } from 'react'
import { type TaskKind, taskKinds, tasks } from '../../../../contract/crm/task.ts'
import { Button } from '../../../ui/button.tsx'
import { DateTimeField, SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { whenOf } from './when.ts'

/** A new step with a client, by default tomorrow; with a deal it is a step of that deal. The words are those of the screen it stands on. */
export function PlanStep({ personId, dealId, words }: { personId: string; dealId?: string; words: { plan: string; planned: string; what: string; due: string } }) {
  const [{ people }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [kind, setKind] = useState<TaskKind | null>(null)
  const [dueAt, setDueAt] = useState<string | null>(null)
  const create = useAct(tasks.create, { changes: dealId ? ['task', 'deal'] : ['task'], done: () => (setKind(null), toast.done(words.planned)) })
  const cannot = why(tasks.create)
  const pick = (next: TaskKind | null): void => {
    setKind(next)
    setDueAt(next && whenOf('tomorrow', new Date(), format.timeZone))
  }
  return (
    <Stack gap="xs">
      <SelectField
        label={words.plan}
        clearable
        placeholder={words.what}
        {...(cannot ? { hint: cannot, readOnly: true } : {})}
        value={kind}
        onChange={pick}
        choices={taskKinds.map((value) => ({ value, label: people.taskKinds[value] }))}
      />
      {kind && <DateTimeField label={words.due} required value={dueAt} onChange={setDueAt} />}
      {kind && (
        <Button
          kind="primary"
          size="xs"
          busy={create.isBusy}
          disabledReason={dueAt ? null : words.due}
          onClick={() => dueAt && create.fire({ personId, ...(dealId ? { dealId } : {}), kind, dueAt })}
        >
          {words.plan}
        </Button>
      )}
    </Stack>
  )
}
