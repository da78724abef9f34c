import { useEffect, useState } from 'react'
import { z } from 'zod'
import { ApiError, call } from '../../../../contract/call.ts'
import { activitiesByHand, Email, Phone, persons, staffHows } from '../../../../contract/people/person.ts'
import { register } from '../../../../contract/people/register.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ChoiceField, PhoneField, SelectField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { DuplicateHint, type Duplicates } from './duplicate-hint.tsx'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])
const Draft = z.object({ fullName: z.string().trim().min(1).max(300), phone: optional(Phone), email: optional(Email), ground: z.string().min(1), how: z.enum(staffHows) })

type NewClientProps = { isOpen: boolean; onClose: () => void; onCreated: (personId: string) => void }

/** Name, phone, ground: and, before it is saved, whether this client is known already. */
export function NewClient({ isOpen, onClose, onCreated }: NewClientProps) {
  const { people: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.create}>
      <Body onClose={onClose} onCreated={onCreated} />
    </Dialog>
  )
}

function Body({ onClose, onCreated }: Omit<NewClientProps, 'isOpen'>) {
  const { people: t, consent } = useWords()
  const { data } = useAsk(register.list, {}, { staleMs: 300_000 })
  const create = useAct(persons.create, { changes: ['person'], isQuiet: true })
  const grounds = (data?.activities ?? [])
    .filter(({ code, classes }) => classes.includes('contact') && activitiesByHand.some((each) => each === code))
    .flatMap(({ code, name, bases }) => bases.map((basis) => ({ value: `${code}/${basis}`, label: `${name} — ${t.bases[basis as keyof typeof t.bases] ?? basis}` })))
  const usual = grounds.find(({ value }) => value === 'lead/contract')?.value ?? grounds[0]?.value ?? ''
  const save = async ({ fullName, phone, email, ground, how }: z.output<typeof Draft>): Promise<void> => {
    const [activityCode = '', basis = ''] = ground.split('/')
    try {
      const onConsent = basis === 'consent' ? { consent: { how } } : {}
      const { id } = await create.run({ contact: { fullName, phones: phone ? [phone] : [], emails: email ? [email] : [] }, ground: { activityCode, basis, ...onConsent } })
      onClose()
      toast.done(t.created)
      onCreated(id)
    } catch (error) {
      throw renamed(error)
    }
  }
  if (!data) return null
  return (
    <Form
      schema={Draft}
      initial={{ fullName: '', phone: '', email: '', ground: usual, how: staffHows[0] as (typeof staffHows)[number] }}
      onSubmit={save}
      onCancel={onClose}
      disabledReason={grounds.length === 0 ? t.noGrounds : null}
    >
      {(form) => (
        <Stack gap="sm">
          <PhoneField label={t.phone} autoFocus {...form.field('phone')} />
          <TextField label={t.fullName} required {...form.field('fullName')} />
          <TextField label={t.email} type="email" {...form.field('email')} />
          <Known phone={form.draft.phone} email={form.draft.email} onOpen={(personId) => (onClose(), onCreated(personId))} />
          <SelectField
            label={t.ground}
            hint={t.groundHint}
            required
            choices={grounds}
            value={form.draft.ground || null}
            onChange={(ground) => form.set({ ground: ground ?? '' })}
          />
          {form.draft.ground.endsWith('/consent') && (
            <ChoiceField
              label={consent.how}
              value={form.draft.how}
              onChange={(how) => form.set({ how })}
              choices={staffHows.map((value) => ({ value, label: consent.hows[value] }))}
            />
          )}
        </Stack>
      )}
    </Form>
  )
}

/** The server names fields of the contract; the form calls them otherwise. */
function renamed(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error
  const at = (path: string): string => (path.startsWith('contact.phones') ? 'phone' : path.startsWith('contact.emails') ? 'email' : path.startsWith('contact') ? 'fullName' : path)
  return new ApiError(error.code, error.status, { ...error.body, fields: error.fields.map((field) => ({ ...field, at: at(field.at) })) })
}

const PAUSE_MS = 350

function Known({ phone, email, onOpen }: { phone: string; email: string; onOpen: (personId: string) => void }) {
  const [answer, setAnswer] = useState<{ phone: string; email: string; known: Duplicates } | null>(null)
  useEffect(() => {
    const [phones, emails] = [Phone.safeParse(phone).success && phone.replace(/\D/g, '').length >= 10 ? [phone] : [], email.includes('@') ? [email] : []]
    if (phones.length + emails.length === 0) return undefined
    const abort = new AbortController()
    const timer = setTimeout(
      () =>
        void call(persons.duplicates, { phones, emails }, { signal: abort.signal }).then(
          (known) => setAnswer({ phone, email, known }),
          () => undefined,
        ),
      PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [phone, email])
  // An answer about what has been typed over is no answer.
  const known = answer?.phone === phone && answer.email === email ? answer.known : null
  return <DuplicateHint known={known} onOpen={onOpen} />
}
