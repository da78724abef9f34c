import { useState } from 'react'
import { z } from 'zod'
import { ApiError, call } from '../../../../contract/call.ts'
import { Email, Phone, persons, plain, type OpenedFacts } from '../../../../contract/people/person.ts'
import type { Purpose } from '../../../../contract/purposes.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { DateField, PhoneField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { parsePhone } from '../../../ui/format.ts'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'

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

type Conflict = { mine: Draft; theirs: OpenedFacts }

function Body({ personId, facts, purpose, onClose }: Omit<EditPersonProps, 'isOpen'>) {
  const { people: t } = useWords()
  const [base, setBase] = useState(facts)
  const [conflict, setConflict] = useState<Conflict | null>(null)
  const [initial, setInitial] = useState(() => toDraft(facts.contact ?? { phones: [], emails: [] }))
  const edit = useAct(persons.edit, { changes: ['person'], isQuiet: true })
  const save = async (draft: Draft): Promise<void> => {
    try {
      await edit.run({ personId, version: base.version, contact: toContact(draft, base.contact ?? { phones: [], emails: [] }) })
      toast.done(t.edited)
      onClose()
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'stale') throw renamed(error)
      setConflict({ mine: draft, theirs: await call(persons.reveal, { personId, purpose }) })
    }
  }
  const settle = (draft: Draft): void => {
    if (!conflict) return
    setBase(conflict.theirs)
    setInitial(draft)
    setConflict(null)
  }
  if (conflict) return <Both conflict={conflict} onSettle={settle} />
  return (
    <Form key={base.version} schema={Draft} initial={initial} onSubmit={save} onCancel={onClose}>
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
const meant = (value: string | null): string => (value ? (parsePhone(value) ?? value) : '')

/** The two versions of each field that differs; one press takes either side. */
function Both({ conflict: { mine, theirs }, onSettle }: { conflict: Conflict; onSettle: (draft: Draft) => void }) {
  const { people: t } = useWords()
  const recorded = toDraft(theirs.contact ?? { phones: [], emails: [] })
  const [chosen, setChosen] = useState(mine)
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
  const differing = (Object.keys(names) as (keyof Draft)[]).filter((key) => meant(mine[key]) !== meant(recorded[key]))
  const side = (key: keyof Draft, title: string, from: Draft) => (
    <button
      type="button"
      role="radio"
      aria-checked={chosen[key] === from[key]}
      className={`${shapes.choice} ${styles.result}`}
      onClick={() => setChosen({ ...chosen, [key]: from[key] })}
    >
      <span className={styles.dim}>{title}</span> {from[key] || t.empty}
    </button>
  )
  return (
    <Stack gap="md">
      <div role="alert" className={shapes.warning}>
        <strong>{t.conflict}</strong>
        <span>{t.conflictHint}</span>
      </div>
      {differing.map((key) => (
        <div key={key} role="radiogroup" aria-label={names[key]}>
          <div>{names[key]}</div>
          <div className={styles.results}>
            {side(key, t.yours, mine)}
            {side(key, t.theirs, recorded)}
          </div>
        </div>
      ))}
      <div className={styles.buttons}>
        <Button onClick={() => onSettle(recorded)}>{t.takeTheirs}</Button>
        <Button kind="primary" onClick={() => onSettle(chosen)}>
          {t.keepYours}
        </Button>
      </div>
    </Stack>
  )
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
