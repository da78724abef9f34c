import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { type Outlet, OutletDraft, outlets, type WeekHours } from '../../../../contract/identity/outlet.ts'
import { sessions } from '../../../../contract/identity/session.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useLanguage, useWords } from '../../language.tsx'
import { useSession } from '../../session/session.tsx'
import { HoursEditor } from './hours-editor.tsx'
import { hoursText } from './hours-text.ts'
import { zoneChoices } from './zones.ts'

type Shown = z.output<typeof Outlet>
type Draft = { name: string; address: string; timeZone: string | null; hours: WeekHours }
const workday: [string, string] = ['09:00', '20:00']
const usualWeek: WeekHours = { mon: workday, tue: workday, wed: workday, thu: workday, fri: workday, sat: ['10:00', '18:00'], sun: ['10:00', '18:00'] }

/** Adds an outlet, or changes `outlet`. */
export function OutletForm({ outlet, isOpen, onClose }: { outlet: Shown | null; isOpen: boolean; onClose: () => void }) {
  const { identity: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={outlet?.name ?? t.newOutlet} size="lg">
      <Body key={outlet?.id ?? 'new'} outlet={outlet} onClose={onClose} />
    </Dialog>
  )
}

function Body({ outlet, onClose }: { outlet: Shown | null; onClose: () => void }) {
  const [{ identity: t }, client, { outlets: mine }, { locale }] = [useWords(), useQueryClient(), useSession(), useLanguage()]
  const saving = useVersion(outlet?.version ?? 1, { name: t.name, address: t.address, timeZone: t.timeZone, hours: t.hours }, (field, value) =>
    field === 'hours' ? hoursText(value as WeekHours, t).join(', ') : undefined,
  )
  const [create, edit] = [useAct(outlets.create, { isQuiet: true }), useAct(outlets.edit, { isQuiet: true })]
  const save = async (draft: z.output<typeof OutletDraft>): Promise<void> => {
    if (outlet) await saving((version) => edit.run({ ...draft, outletId: outlet.id, version }))
    else await create.run(draft)
    await Promise.all([client.invalidateQueries({ queryKey: keyOf(outlets.list) }), client.invalidateQueries({ queryKey: keyOf(sessions.me) })])
    toast.done(outlet ? t.saved : t.outletAdded)
    onClose()
  }
  const initial: Draft = outlet
    ? { name: outlet.name, address: outlet.address, timeZone: outlet.timeZone, hours: outlet.hours }
    : { name: '', address: '', timeZone: mine[0]?.timeZone ?? null, hours: usualWeek }
  return (
    <Form schema={OutletDraft} initial={initial} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <>
          <TextField label={t.name} autoFocus required maxLength={120} {...form.field('name')} />
          <TextField label={t.address} required maxLength={500} {...form.field('address')} />
          <SelectField label={t.timeZone} required choices={zoneChoices(locale)} {...form.field('timeZone')} />
          <HoursEditor {...form.field('hours')} />
        </>
      )}
    </Form>
  )
}
