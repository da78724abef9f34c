import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { Activity, register } from '../../../../contract/people/register.ts'
import { CheckField, NumberField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'

const Draft = Activity.pick({ name: true, retentionDays: true, countsFromYearEnd: true, retentionFrom: true, legalRef: true, destruction: true })
type Line = z.output<typeof Activity>

/** Changes a line of the register; when somebody was faster, both are shown. */
export function EditActivity({ activity, onDone }: { activity: Line; onDone: () => void }) {
  const [{ people: t }, client] = [useWords(), useQueryClient()]
  const edit = useAct(register.edit, { isQuiet: true })
  const names: Record<keyof z.output<typeof Draft>, string> = {
    name: t.activity,
    retentionDays: t.retentionDays,
    countsFromYearEnd: t.countsFromYearEnd,
    retentionFrom: t.retentionFrom,
    legalRef: t.legalRef,
    destruction: t.destructionWay,
  }
  const saving = useVersion(activity.version, names)
  const save = async (draft: z.output<typeof Draft>): Promise<void> => {
    await saving((version) => edit.run({ activityId: activity.id, version, ...draft }))
    await client.invalidateQueries({ queryKey: keyOf(register.list) })
    toast.done(t.activityEdited)
    onDone()
  }
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
          <TextField label={t.activity} required {...form.field('name')} />
          <NumberField label={t.retentionDays} required unit={t.dayUnit} min={1} hint={t.activityNote} {...form.field('retentionDays')} />
          <CheckField label={t.countsFromYearEnd} {...form.field('countsFromYearEnd')} />
          <TextField label={t.retentionFrom} required {...form.field('retentionFrom')} />
          <TextAreaField label={t.legalRef} required rows={2} {...form.field('legalRef')} />
          <TextAreaField label={t.destructionWay} required rows={2} {...form.field('destruction')} />
        </Stack>
      )}
    </Form>
  )
}
