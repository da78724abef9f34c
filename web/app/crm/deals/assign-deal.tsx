import { z } from 'zod'
import { type Deal, deals } from '../../../../contract/crm/deal.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from './deals.module.css'
import { useSellers } from './sellers.ts'

const Draft = z.object({ employeeId: z.uuid() })
type AssignDealProps = { deal: Deal; isOpen: boolean; onClose: () => void }

/** Hands the working list to a colleague of the same outlet. */
export function AssignDeal({ deal, isOpen, onClose }: AssignDealProps) {
  const { deals: t } = useWords()
  const sellers = useSellers(deal.outletId, deal.responsibleId)
  const assign = useAct(deals.assign, { changes: ['deal', 'task', 'person'], isQuiet: true, done: () => (toast.done(t.assigned), onClose()) })
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.assign} size="sm">
      <Form
        schema={Draft}
        initial={{ employeeId: null as string | null }}
        onSubmit={({ employeeId }) => assign.run({ dealId: deal.id, version: deal.version, employeeId })}
        onCancel={onClose}
        submitLabel={t.assign}
        disabledReason={sellers.length === 0 ? t.noColleagues : null}
      >
        {(form) => (
          <>
            <SelectField label={t.to} required {...form.field('employeeId')} choices={sellers} />
            <p className={styles.dim}>{t.assignHint}</p>
          </>
        )}
      </Form>
    </Dialog>
  )
}
