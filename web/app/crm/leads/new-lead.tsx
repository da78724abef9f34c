import { useEffect, useState } from 'react'
import { z } from 'zod'
import { ApiError, call } from '../../../../contract/call.ts'
import { interests, leads } from '../../../../contract/crm/lead.ts'
import { sources } from '../../../../contract/crm/routing.ts'
import { Email, Phone, persons, plain } from '../../../../contract/people/person.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { CheckField, PhoneField, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form, type FormHandle } from '../../../ui/form.tsx'
import { Stack, Text } from '../../../ui/layout.ts'
import { Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'

const optional = <T extends z.ZodType>(schema: T) => z.union([z.literal(''), schema])
const Draft = z.object({
  sourceId: z.uuid(),
  interest: z.enum(interests),
  fullName: z.string().trim().max(300),
  phone: optional(Phone),
  email: optional(Email),
  model: z.string().trim().max(100),
  comment: plain(4_000),
  isMine: z.boolean(),
})
type Draft = z.output<typeof Draft>
type Known = { id: string; name: string }
type NewLeadProps = { isOpen: boolean; onClose: () => void; onCreated: (leadId: string) => void }

/** A call or a visit, written down while the person is still there: phone first, because it tells whether we know them. */
export function NewLead({ isOpen, onClose, onCreated }: NewLeadProps) {
  const { leads: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.create}>
      <Body onClose={onClose} onCreated={onCreated} />
    </Dialog>
  )
}

function Body({ onClose, onCreated }: Omit<NewLeadProps, 'isOpen'>) {
  const [{ leads: t }, { may }] = [useWords(), useRights()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  const [known, setKnown] = useState<Known | null>(null)
  const create = useAct(leads.create, { changes: ['lead', 'person'], isQuiet: true })
  if (!data) return <Skeletons />
  const open = data.sources.filter(({ isActive }) => isActive)
  const usual = open.find(({ channel }) => channel === 'phone') ?? open[0]
  const initial: Draft = { sourceId: usual?.id ?? '', interest: 'new_car', fullName: '', phone: '', email: '', model: '', comment: '', isMine: false }
  const save = async (draft: Draft): Promise<void> => {
    if (!known && !draft.phone && !draft.email) throw new ApiError('invalid', 422, { error: 'invalid', message: t.needContact, fields: [{ at: 'phone', why: t.needContact }] })
    try {
      const { leadId, number, known: where } = await create.run(toIntake(draft, known))
      onClose()
      toast.done(where ? t.createdElsewhere(number) : t.created(number))
      if (!where) onCreated(leadId)
    } catch (error) {
      throw renamed(error)
    }
  }
  return (
    <Form schema={Draft} initial={initial} onSubmit={save} onCancel={onClose} submitLabel={t.create} disabledReason={open.length === 0 ? t.noSources : null}>
      {(form) => (
        <Stack gap="sm">
          <Who form={form} known={known} onKnown={setKnown} />
          <SelectField
            label={t.interest}
            required
            choices={interests.map((value) => ({ value, label: t.interests[value] }))}
            {...form.field('interest')}
            onChange={(interest) => interest && form.set({ interest })}
          />
          <SelectField
            label={t.source}
            required
            choices={open.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.field('sourceId')}
            onChange={(sourceId) => sourceId && form.set({ sourceId })}
          />
          <TextField label={t.model} {...form.field('model')} />
          <TextAreaField label={t.wants} hint={t.wantsHint} maxLength={4_000} {...form.field('comment')} />
          {may('lead.read_all') ? <CheckField label={t.keepMine} hint={t.keepMineHint} {...form.field('isMine')} /> : <Text size="sm">{t.onlyMine}</Text>}
        </Stack>
      )}
    </Form>
  )
}

const toIntake = ({ sourceId, interest, isMine, ...draft }: Draft, known: Known | null) => ({
  sourceId,
  interest,
  isMine,
  ...(draft.model ? { model: draft.model } : {}),
  ...(draft.comment ? { comment: draft.comment } : {}),
  ...(known
    ? { personId: known.id }
    : { contact: { phones: draft.phone ? [draft.phone] : [], emails: draft.email ? [draft.email] : [], ...(draft.fullName ? { fullName: draft.fullName } : {}) } }),
})

/** The server names fields of the contract; the form calls them otherwise. */
function renamed(error: unknown): unknown {
  if (!(error instanceof ApiError) || error.fields.length === 0) return error
  const at = (path: string): string =>
    path.startsWith('contact.phones') || path === 'contact' ? 'phone' : path.startsWith('contact.emails') ? 'email' : path.startsWith('contact') ? 'fullName' : path
  return new ApiError(error.code, error.status, { ...error.body, fields: error.fields.map((field) => ({ ...field, at: at(field.at) })) })
}

function Who({ form, known, onKnown }: { form: FormHandle<Draft>; known: Known | null; onKnown: (known: Known | null) => void }) {
  const { leads: t } = useWords()
  if (known) {
    return (
      <div className={shapes.warning} role="status">
        <div className={shapes.line}>
          <strong>{t.knownChosen(known.name)}</strong>
          <Button size="xs" onClick={() => onKnown(null)}>
            {t.otherClient}
          </Button>
        </div>
      </div>
    )
  }
  return (
    <>
      <PhoneField label={t.phone} autoFocus {...form.field('phone')} />
      <TextField label={t.name} {...form.field('fullName')} />
      <TextField label={t.email} type="email" {...form.field('email')} />
      <Hint phone={form.draft.phone} email={form.draft.email} onKnown={onKnown} />
    </>
  )
}

type Duplicates = z.output<typeof persons.duplicates.output>
const PAUSE_MS = 350
const PHONE_DIGITS = 10

/** Is this phone known already? Whom the asker may not see is only counted: nobody is disclosed, and no twin is born. */
function Hint({ phone, email, onKnown }: { phone: string; email: string; onKnown: (known: Known) => void }) {
  const { leads: t } = useWords()
  const [answer, setAnswer] = useState<{ asked: string; found: Duplicates } | null>(null)
  const asked = `${phone} ${email}`
  useEffect(() => {
    const [phones, emails] = [phone.replace(/\D/g, '').length >= PHONE_DIGITS ? [phone] : [], email.includes('@') ? [email] : []]
    if (phones.length + emails.length === 0) return undefined
    const abort = new AbortController()
    const timer = setTimeout(
      () =>
        void call(persons.duplicates, { phones, emails }, { signal: abort.signal }).then(
          (known) => setAnswer({ asked, found: known }),
          () => undefined,
        ),
      PAUSE_MS,
    )
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [phone, email, asked])
  // An answer about what was typed before is not shown.
  const found = answer?.asked === asked ? answer.found : null
  if (!found || found.seen.length + found.hidden === 0) return <div role="status" />
  return (
    <div className={shapes.warning} role="status">
      {found.seen.length > 0 && <strong>{t.known}</strong>}
      {found.seen.map(({ id, masked }) => (
        <div key={id} className={shapes.line}>
          <span>{[masked.name || t.client, masked.phone].filter(Boolean).join(' · ')}</span>
          <Button size="xs" onClick={() => onKnown({ id, name: masked.name || t.client })}>
            {t.useKnown}
          </Button>
        </div>
      ))}
      {found.hidden > 0 && <span>{t.knownHidden(found.hidden)}</span>}
    </div>
  )
}
