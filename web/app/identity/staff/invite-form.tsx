import { useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { StaffDraft, staff } from '../../../../contract/identity/staff.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'
import { NameFields } from './name-fields.tsx'
import { type Place, PlaceFields } from './place-fields.tsx'

const initial: Place & { surname: string; given: string; patronymic: string; email: string } = {
  surname: '',
  given: '',
  patronymic: '',
  email: '',
  role: null,
  position: '',
  outletId: null,
  departmentId: null,
}

/** Who, where, as what: the letter does the rest. */
export function InviteForm({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { identity: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.inviteTitle} size="lg">
      <Body onClose={onClose} />
    </Dialog>
  )
}

function Body({ onClose }: { onClose: () => void }) {
  const [{ identity: t }, client] = [useWords(), useQueryClient()]
  const invite = useAct(staff.invite, { isQuiet: true })
  const send = async (draft: z.output<typeof StaffDraft>): Promise<void> => {
    await invite.run({ ...draft, patronymic: draft.patronymic || undefined })
    await client.invalidateQueries({ queryKey: keyOf(staff.list) })
    toast.done(t.invitedTo)
    onClose()
  }
  return (
    <Form schema={StaffDraft} initial={initial} onSubmit={send} onCancel={onClose} submitLabel={t.invite}>
      {(form) => (
        <>
          <p className={styles.hint}>{t.inviteHint}</p>
          <NameFields field={form.field} />
          <PlaceFields
            fields={{ role: form.field('role'), position: form.field('position'), outletId: form.field('outletId'), departmentId: form.field('departmentId') }}
            set={form.set}
          />
        </>
      )}
    </Form>
  )
}
