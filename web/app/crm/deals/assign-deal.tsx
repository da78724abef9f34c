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
import { useSellers } from './sellers.ts'

const Draft = z.object({ employeeId: z.uuid() })
type AssignDealProps = { deal: Deal; isOpen: boolean; onClose: () => void }

/** Hands the working list to a colleague of the same outlet. */
export function AssignDeal({ deal, isOpen, onClose }: AssignDealProps) {
  const { deals: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.assign} size="sm">
      <Body deal={deal} onClose={onClose} />
    </Dialog>
  )
}

function Body({ deal, onClose }: Omit<AssignDealProps, 'isOpen'>) {
  const { deals: t } = useWords()
  const sellers = useSellers(deal.outletId)
  const colleagues = sellers.filter(({ value }) => value !== deal.responsibleId)
  const nameOf = (_: string, id: unknown): string | undefined => sellers.find(({ value }) => value === id)?.label
  const saving = useVersion(deal.version, { employeeId: t.to }, nameOf, ({ responsibleId }) => ({ employeeId: responsibleId }))
  const assign = useAct(deals.assign, { changes: ['deal', 'task', 'person'], isQuiet: true, done: () => (toast.done(t.assigned), onClose()) })
  return (
    <Form
      schema={Draft}
      initial={{ employeeId: null as string | null }}
      onSubmit={({ employeeId }) => saving((version) => assign.run({ dealId: deal.id, version, employeeId }))}
      onCancel={onClose}
      submitLabel={t.assign}
      disabledReason={colleagues.length === 0 ? t.noColleagues : null}
    >
      {(form) => (
        <>
          <SelectField label={t.to} required {...form.field('employeeId')} choices={colleagues} />
          <p className={styles.dim}>{t.assignHint}</p>
        </>
      )}
    </Form>
  )
}
