import { useState } from 'react'
import { z } from 'zod'
import { requestKinds, requests, type RequestKind } from '../../../../contract/privacy/request.ts'
import { Drawer } from '../../../ui/dialog.tsx'
import { ChoiceField, DateField, PhoneField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form, type FormHandle } from '../../../ui/form.tsx'
import { dayOf } from '../../../ui/format.ts'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { PickPerson, type Picked } from '../../crm/deals/pick-person.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'

const Draft = z.object({
  kind: z.enum(requestKinds),
  channel: z.enum(['email', 'paper', 'phone']),
  receivedOn: z.iso.date(),
  provedOn: z.iso.date().nullable(),
  fullName: z.string().trim().max(300),
  phone: z.string().trim(),
  email: z.string().trim(),
  words: z.string().trim().max(20_000),
})
/** A term that is counted from the proof may begin later than the request came. */
const provable: readonly RequestKind[] = ['rectify', 'destroy']
type Props = { isOpen: boolean; onClose: () => void; onFiled: (id: string) => void }

/** Writes down what came by letter, on paper or by phone; the words are sealed before they are kept. */
export function FileRequest({ isOpen, onClose, onFiled }: Props) {
  const { requests: t } = useWords()
  return (
    <Drawer isOpen={isOpen} onClose={onClose} title={t.file}>
      {isOpen && <Fields onClose={onClose} onFiled={onFiled} />}
    </Drawer>
  )
}

function Fields({ onClose, onFiled }: Omit<Props, 'isOpen'>) {
  const [{ requests: t }, { timeZone }] = [useWords(), useFormat()]
  const [today] = useState(() => dayOf(new Date(), timeZone))
  const [isKnown, setKnown] = useState(true)
  const [picked, setPicked] = useState<Picked | null>(null)
  const file = useAct(requests.file, { isQuiet: true, changes: ['request'] })
  const save = async ({ fullName, phone, email, provedOn, ...rest }: z.output<typeof Draft>): Promise<void> => {
    const contact = { ...(fullName ? { fullName } : {}), phones: phone ? [phone] : [], emails: email ? [email] : [] }
    const who = isKnown && picked ? { personId: picked.id } : { contact }
    const { id, number } = await file.run({ who, ...rest, ...(provedOn && provable.includes(rest.kind) ? { provedOn } : {}) })
    toast.done(t.filed(number))
    onClose()
    onFiled(id)
  }
  const initial = {
    kind: 'access' as const,
    channel: 'email' as const,
    receivedOn: today as string | null,
    provedOn: null as string | null,
    fullName: '',
    phone: '',
    email: '',
    words: '',
  }
  return (
    <Stack gap="sm">
      <ChoiceField
        label={t.who}
        value={isKnown ? 'known' : 'new'}
        onChange={(chosen) => setKnown(chosen === 'known')}
        choices={[
          { value: 'known', label: t.known },
          { value: 'new', label: t.unknownPerson },
        ]}
      />
      {isKnown && <PickPerson value={picked} onPick={setPicked} />}
      <Form
        schema={Draft}
        initial={initial as z.input<typeof Draft>}
        onSubmit={save}
        onCancel={onClose}
        submitLabel={t.file}
        disabledReason={isKnown && !picked ? t.notChosen : null}
      >
        {(form) => (
          <Stack gap="sm">
            {!isKnown && <NewPerson form={form} />}
            <About form={form} today={today} />
          </Stack>
        )}
      </Form>
    </Stack>
  )
}

type Typed = { form: FormHandle<z.input<typeof Draft>> }

function NewPerson({ form }: Typed) {
  const { requests: t } = useWords()
  return (
    <>
      <TextField label={t.fullName} required {...form.field('fullName')} />
      <PhoneField label={t.phone} {...form.field('phone')} />
      <TextField label={t.email} type="email" {...form.field('email')} />
    </>
  )
}

function About({ form, today }: Typed & { today: string }) {
  const { requests: t } = useWords()
  return (
    <>
      <SelectField
        label={t.kind}
        required
        choices={requestKinds.map((value) => ({ value, label: t.kinds[value] }))}
        {...form.field('kind')}
        onChange={(kind) => kind && form.set({ kind })}
      />
      <ChoiceField label={t.channel} choices={(['email', 'paper', 'phone'] as const).map((value) => ({ value, label: t.channels[value] }))} {...form.field('channel')} />
      <DateField label={t.receivedOn} required max={today} {...form.field('receivedOn')} onChange={(receivedOn) => form.set({ receivedOn: receivedOn ?? '' })} />
      {provable.includes(form.draft.kind) && <DateField label={t.provedOn} hint={t.provedHint} max={today} {...form.field('provedOn')} />}
      <TextAreaField label={t.words} hint={t.wordsHint} rows={6} {...form.field('words')} />
    </>
  )
}
