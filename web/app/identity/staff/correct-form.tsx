import type { z } from 'zod'
import { staff } from '../../../../contract/identity/staff.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { Form } from '../../../ui/form.tsx'
import { useAct } from '../../data/act.ts'
import { askAll } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import styles from '../identity.module.css'
import { NameFields } from './name-fields.tsx'

const Typed = staff.correct.input.omit({ employeeId: true, version: true })
type Props = { colleague: { id: string; name: string; version: number }; isOpen: boolean; onClose: () => void; onDone: () => void }

/** The name as the directory shows it; the e-mail is shown to nobody and typed anew. */
export function CorrectForm({ isOpen, ...rest }: Props) {
  const { identity: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={rest.onClose} title={t.correct} size="lg">
      <Body {...rest} />
    </Dialog>
  )
}

function Body({ colleague: { id, name, version }, onClose, onDone }: Omit<Props, 'isOpen'>) {
  const { identity: t } = useWords()
  const correct = useAct(staff.correct, { isQuiet: true })
  // No refusal holds a name: the directory is asked again for it.
  const nameNow = async (): Promise<ReturnType<typeof partsOf>> => partsOf((await askAll(staff.list, { limit: 100, view: 'all' })).find((row) => row.id === id)?.name ?? '')
  const saving = useVersion(version, { surname: t.surname, given: t.given }, undefined, nameNow)
  const save = async (typed: z.output<typeof Typed>): Promise<void> => {
    await saving((seen) => correct.run({ ...typed, patronymic: typed.patronymic || undefined, employeeId: id, version: seen }))
    onDone()
  }
  return (
    <Form schema={Typed} initial={{ ...partsOf(name), patronymic: '', email: '' }} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <>
          <p className={styles.hint}>{t.correctHint}</p>
          <NameFields field={form.field} />
        </>
      )}
    </Form>
  )
}

function partsOf(name: string): { surname: string; given: string } {
  const [surname = '', given = ''] = name.split(' ')
  return { surname, given }
}
