import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { ApiError } from '../../../../contract/call.ts'
import { Activity, register } from '../../../../contract/people/register.ts'
import { CheckField, NumberField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'

const Draft = Activity.pick({ name: true, retentionDays: true, countsFromYearEnd: true, retentionFrom: true, legalRef: true, destruction: true })
type Line = z.output<typeof Activity>
type Recorded = Partial<Pick<Line, 'name' | 'retentionDays' | 'retentionFrom' | 'legalRef' | 'destruction' | 'version'>>

/** Changes a line of the register; when somebody was faster, what they wrote is shown beside each field. */
export function EditActivity({ activity, onDone }: { activity: Line; onDone: () => void }) {
  const [{ people: t }, client] = [useWords(), useQueryClient()]
  const [version, setVersion] = useState(activity.version)
  const [recorded, setRecorded] = useState<Recorded | null>(null)
  const edit = useAct(register.edit, { isQuiet: true })
  const save = async (draft: z.output<typeof Draft>): Promise<void> => {
    try {
      await edit.run({ activityId: activity.id, version, ...draft })
      await client.invalidateQueries({ queryKey: keyOf(register.list) })
      toast.done(t.activityEdited)
      onDone()
    } catch (error) {
      const current = error instanceof ApiError && error.code === 'stale' ? (error.body.details?.current as Recorded | undefined) : undefined
      if (current?.version === undefined) throw error
      setVersion(current.version)
      setRecorded(current)
    }
  }
  const beside = (key: Exclude<keyof Recorded, 'version'>, mine: unknown): { hint?: string } =>
    recorded?.[key] !== undefined && recorded[key] !== mine ? { hint: `${t.theirs}: ${recorded[key]}` } : {}
  const { name, retentionDays, countsFromYearEnd, retentionFrom, legalRef, destruction } = activity
  return (
    <Form
      schema={Draft}
      initial={{ name, retentionDays: retentionDays as number | null, countsFromYearEnd, retentionFrom, legalRef, destruction }}
      onSubmit={save}
      onCancel={onDone}
    >
      {(form) => (
        <Stack gap="sm">
          {recorded && (
            <div role="alert" className={shapes.warning}>
              <strong>{t.conflict}</strong>
              <span>{t.conflictHint}</span>
            </div>
          )}
          <TextField label={t.activity} required {...beside('name', form.draft.name)} {...form.field('name')} />
          <NumberField
            label={t.retentionDays}
            required
            unit={t.dayUnit}
            min={1}
            hint={beside('retentionDays', form.draft.retentionDays).hint ?? t.activityNote}
            {...form.field('retentionDays')}
          />
          <CheckField label={t.countsFromYearEnd} {...form.field('countsFromYearEnd')} />
          <TextField label={t.retentionFrom} required {...beside('retentionFrom', form.draft.retentionFrom)} {...form.field('retentionFrom')} />
          <TextAreaField label={t.legalRef} required rows={2} {...beside('legalRef', form.draft.legalRef)} {...form.field('legalRef')} />
          <TextAreaField label={t.destructionWay} required rows={2} {...beside('destruction', form.draft.destruction)} {...form.field('destruction')} />
        </Stack>
      )}
    </Form>
  )
}
