import type { z } from 'zod'
import { staff } from '../../../../contract/identity/staff.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'

const Typed = staff.correct.input.omit({ employeeId: true, version: true })
type Props = { colleague: { id: string; name: string; version: number }; isOpen: boolean; onClose: () => void; onDone: () => void }

/** The name as the directory shows it; the e-mail is shown to nobody and typed anew. */
export function CorrectForm({ colleague: { id, name, version }, isOpen, onClose, onDone }: Props) {
  const { identity: t } = useWords()
  const correct = useAct(staff.correct, { isQuiet: true })
  const [surname = '', given = ''] = name.split(' ')
  const save = async (typed: z.output<typeof Typed>): Promise<void> => {
    await correct.run({ ...typed, patronymic: typed.patronymic || undefined, employeeId: id, version })
    onDone()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.correct} size="lg">
      <Form schema={Typed} initial={{ surname, given, patronymic: '', email: '' }} onSubmit={save} onCancel={onClose}>
        {(form) => (
          <>
            <p className={styles.hint}>{t.correctHint}</p>
            <div className={styles.two}>
              <TextField label={t.surname} autoFocus required maxLength={100} {...form.field('surname')} />
              <TextField label={t.given} required maxLength={100} {...form.field('given')} />
              <TextField label={t.patronymic} maxLength={100} {...form.field('patronymic')} />
              <TextField label={t.email} type="email" inputMode="email" required maxLength={254} {...form.field('email')} />
            </div>
          </>
        )}
      </Form>
    </Dialog>
  )
}
