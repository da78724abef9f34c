import { useState } from 'react'
import { z } from 'zod'
import { ApiError, call } from '../../../../contract/call.ts'
import { Email, Phone, persons, plain, type OpenedFacts } from '../../../../contract/people/person.ts'
import type { Purpose } from '../../../../contract/purposes.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { DateField, PhoneField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { formatPhone, parsePhone } from '../../../ui/format.ts'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])
const Name = z.string().trim().max(100)
const Draft = z.object({
  surname: Name,
  given: Name,
  patronymic: Name,
  phone: optional(Phone),
  otherPhone: optional(Phone),
  email: optional(Email),
  birthDate: z.iso.date().nullable(),
  address: plain(500),
})
type Draft = z.output<typeof Draft>

type Contact = NonNullable<OpenedFacts['contact']>
const nothing: Contact = { phones: [], emails: [] }
/** The form shows two phones and one address; further ones are kept as they are. */
const toDraft = (contact: Contact): Draft => ({
  surname: contact.surname ?? '',
  given: contact.given ?? '',
  patronymic: contact.patronymic ?? '',
  phone: contact.phones[0]?.typed ?? '',
  otherPhone: contact.phones[1]?.typed ?? '',
  email: contact.emails[0]?.typed ?? '',
  birthDate: contact.birthDate ?? null,
  address: contact.address ?? '',
})
const isSameName = (draft: Draft, before: Contact): boolean => (['surname', 'given', 'patronymic'] as const).every((part) => draft[part] === (before[part] ?? ''))
const toContact = (draft: Draft, before: Contact) => ({
  surname: draft.surname || undefined,
  given: draft.given || undefined,
  patronymic: draft.patronymic || undefined,
  // Whoever corrects a phone has not written the name anew.
  typedName: isSameName(draft, before) ? before.typedName : undefined,
  phones: [draft.phone, draft.otherPhone, ...before.phones.slice(2).map(({ typed }) => typed)].filter(Boolean),
  emails: [draft.email, ...before.emails.slice(1).map(({ typed }) => typed)].filter(Boolean),
  birthDate: draft.birthDate ?? undefined,
  sex: before.sex,
  address: draft.address || undefined,
})

type EditPersonProps = { personId: string; facts: OpenedFacts; purpose: Purpose; isOpen: boolean; onClose: () => void }

/** Corrects the facts. When somebody was faster, both versions are shown and the person chooses field by field. */
export function EditPerson({ isOpen, onClose, ...rest }: EditPersonProps) {
  const { people: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.edit}>
      <Body {...rest} onClose={onClose} />
    </Dialog>
  )
}

function Body({ personId, facts, purpose, onClose }: Omit<EditPersonProps, 'isOpen'>) {
  const { people: t } = useWords()
  const [base, setBase] = useState(facts)
  const edit = useAct(persons.edit, { changes: ['person'], isQuiet: true })
  // No refusal holds a word about a person: what is recorded now is revealed, for the same purpose.
  const revealed = async (): Promise<Draft> => {
    const theirs = await call(persons.reveal, { personId, purpose })
    setBase(theirs)
    return toDraft(theirs.contact ?? nothing)
  }
  const names: Record<keyof Draft, string> = {
    surname: t.surname,
    given: t.given,
    patronymic: t.patronymic,
    phone: t.phone,
    otherPhone: t.otherPhone,
    email: t.email,
    birthDate: t.birthDate,
    address: t.address,
  }
  const saving = useVersion(facts.version, names, meant, revealed)
  const save = async (draft: Draft): Promise<void> => {
    await saving((version) => edit.run({ personId, version, contact: toContact(draft, base.contact ?? nothing) })).catch((error: unknown) => {
      throw renamed(error)
    })
    toast.done(t.edited)
    onClose()
  }
  return (
    <Form schema={Draft} initial={toDraft(facts.contact ?? nothing)} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.surname} autoFocus {...form.field('surname')} />
          <TextField label={t.given} {...form.field('given')} />
          <TextField label={t.patronymic} {...form.field('patronymic')} />
          <PhoneField label={t.phone} {...form.field('phone')} />
          <PhoneField label={t.otherPhone} {...form.field('otherPhone')} />
          <TextField label={t.email} type="email" {...form.field('email')} />
          <DateField label={t.birthDate} {...form.field('birthDate')} />
          <TextField label={t.address} {...form.field('address')} />
        </Stack>
      )}
    </Form>
  )
}

/** Two writings of one phone are no difference. */
function meant(field: string, value: unknown): string | undefined {
  const number = (field === 'phone' || field === 'otherPhone') && typeof value === 'string' ? parsePhone(value) : null
  return number === null ? undefined : formatPhone(number)
}

/** The server names fields of the contract; the form calls them otherwise. */
function renamed(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error
  const at = (path: string): string =>
    path
      .replace('contact.phones.1', 'otherPhone')
      .replace(/^contact\.phones.*/, 'phone')
      .replace(/^contact\.emails.*/, 'email')
      .replace(/^contact\./, '')
  return new ApiError(error.code, error.status, { ...error.body, fields: error.fields.map((field) => ({ ...field, at: at(field.at) })) })
}
