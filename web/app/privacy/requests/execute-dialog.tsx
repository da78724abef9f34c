import { useState } from 'react'
import { z } from 'zod'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { CheckField, TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import type { Opened } from './request-words.tsx'
import styles from './requests.module.css'

type Props = { card: RequestCard; opened: Opened | null; isOpen: boolean; onClose: () => void }

/** Does what was asked: what exactly depends on the request, and is said before it is done. */
export function ExecuteDialog(props: Props) {
  const { requests: t } = useWords()
  const { card, isOpen, onClose } = props
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={`${t.execute}: ${t.kinds[card.kind]}`}>
      {isOpen && (
        <Stack gap="sm">
          <p className={styles.hint}>{t.executeHints[card.kind]}</p>
          {card.kind === 'rectify' ? <Correction {...props} /> : card.kind === 'auto_objection' ? <Decision {...props} /> : <Ending {...props} />}
        </Stack>
      )}
    </Dialog>
  )
}

function useExecute(onClose: () => void) {
  const { requests: t } = useWords()
  return useAct(requests.execute, {
    changes: ['request', 'person'],
    done: () => {
      toast.done(t.executed)
      onClose()
    },
  })
}

function Ending({ card, onClose }: Props) {
  const { requests: t, people } = useWords()
  const bases: Record<string, string> = people.bases
  const hasChoice = card.kind === 'stop' || card.kind === 'withdraw'
  const [chosen, setChosen] = useState<readonly string[]>(card.liveGrounds.filter(({ basis }) => basis === 'consent').map(({ id }) => id))
  const execute = useExecute(onClose)
  return (
    <Stack gap="sm">
      {hasChoice && <strong>{card.liveGrounds.length > 0 ? t.grounds : t.noGrounds}</strong>}
      {hasChoice &&
        card.liveGrounds.map(({ id, activity, basis }) => (
          <CheckField
            key={id}
            label={`${activity}: ${bases[basis] ?? basis}`}
            value={chosen.includes(id)}
            onChange={(isIn) => setChosen(isIn ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
        ))}
      <DialogActs
        label={t.execute}
        isBusy={execute.isBusy}
        onCancel={onClose}
        onRun={() => execute.fire({ requestId: card.id, version: card.version, ...(hasChoice ? { groundIds: [...chosen] } : {}) })}
      />
    </Stack>
  )
}

const Said = z.object({ words: z.string().trim().min(10).max(5_000) })

/** What came of an objection goes to the person in words (art. 16 ч.4). */
function Decision({ card, onClose }: Props) {
  const { requests: t } = useWords()
  const execute = useExecute(onClose)
  const save = async ({ words }: z.output<typeof Said>): Promise<void> => void (await execute.run({ requestId: card.id, version: card.version, words }))
  return (
    <Form schema={Said} initial={{ words: '' }} onSubmit={save} onCancel={onClose} submitLabel={t.execute}>
      {(form) => <TextAreaField label={t.decisionWords} required rows={5} {...form.field('words')} />}
    </Form>
  )
}

const Draft = z.object({
  surname: z.string().trim(),
  given: z.string().trim(),
  patronymic: z.string().trim(),
  phones: z.string().trim(),
  emails: z.string().trim(),
  address: z.string().trim(),
})
const listed = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)

/** What stands now with what the person proposes put over it, so that only what is wrong has to be typed. */
function Correction({ card, opened, onClose }: Props) {
  const { requests: t, people } = useWords()
  const execute = useExecute(onClose)
  if (!opened) return <p className={styles.hint}>{t.openWords}</p>
  const { contact, draft } = opened
  const initial = {
    surname: draft?.surname ?? contact?.surname ?? '',
    given: draft?.given ?? contact?.given ?? '',
    patronymic: draft?.patronymic ?? contact?.patronymic ?? '',
    phones: (draft?.phones.length ? draft.phones : (contact?.phones ?? []).map(({ e164 }) => e164)).join(', '),
    emails: (draft?.emails.length ? draft.emails : (contact?.emails ?? []).map(({ address }) => address)).join(', '),
    address: draft?.address ?? contact?.address ?? '',
  }
  const save = async ({ surname, given, patronymic, phones, emails, address }: z.output<typeof Draft>): Promise<void> => {
    const kept = { ...(contact?.birthDate ? { birthDate: contact.birthDate } : {}), ...(contact?.sex ? { sex: contact.sex } : {}) }
    const next = { ...kept, surname, given, ...(patronymic ? { patronymic } : {}), ...(address ? { address } : {}), phones: listed(phones), emails: listed(emails) }
    await execute.run({ requestId: card.id, version: card.version, contact: next })
  }
  return (
    <Form schema={Draft} initial={initial} onSubmit={save} onCancel={onClose} submitLabel={t.execute}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={people.surname} {...form.field('surname')} />
          <TextField label={people.given} {...form.field('given')} />
          <TextField label={people.patronymic} {...form.field('patronymic')} />
          <TextField label={t.phone} {...form.field('phones')} />
          <TextField label={t.email} {...form.field('emails')} />
          <TextField label={people.address} {...form.field('address')} />
        </Stack>
      )}
    </Form>
  )
}
