import { z } from 'zod'
import { type Deal, deals } from '../../../../contract/crm/deal.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import styles from './deals.module.css'
import { useSpecialists } from './sellers.ts'

const Draft = z.object({ employeeId: z.uuid().nullable() })
type HandToSpecialistProps = { deal: Deal; isOpen: boolean; onClose: () => void }

/** Opens the working list and its client to a credit specialist, or closes them again: nobody chosen. */
export function HandToSpecialist({ deal, isOpen, onClose }: HandToSpecialistProps) {
  const { deals: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.toSpecialist} size="sm">
      <Body deal={deal} onClose={onClose} />
    </Dialog>
  )
}

function Body({ deal, onClose }: Omit<HandToSpecialistProps, 'isOpen'>) {
  const { deals: t } = useWords()
  const specialists = useSpecialists(deal.outletId)
  const nameOf = (_: string, id: unknown): string | undefined => (id === null ? t.nobody : specialists.find(({ value }) => value === id)?.label)
  const saving = useVersion(deal.version, { employeeId: t.specialist }, nameOf, ({ specialistId }) => ({ employeeId: specialistId }))
  const hand = useAct(deals.specialist, {
    changes: ['deal', 'person'],
    isQuiet: true,
    done: (_, { employeeId }) => (toast.done(employeeId ? t.specialistHas : t.specialistHasNot), onClose()),
  })
  return (
    <Form
      schema={Draft}
      initial={{ employeeId: deal.specialistId }}
      onSubmit={({ employeeId }) => saving((version) => hand.run({ dealId: deal.id, version, employeeId }))}
      onCancel={onClose}
      disabledReason={specialists.length === 0 && deal.specialistId === null ? t.noSpecialists : null}
    >
      {(form) => (
        <>
          <SelectField label={t.specialist} clearable placeholder={t.nobody} {...form.field('employeeId')} choices={specialists} />
          <p className={styles.dim}>{t.specialistHint}</p>
        </>
      )}
    </Form>
  )
}
