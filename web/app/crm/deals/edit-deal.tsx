import { useState } from 'react'
import { z } from 'zod'
import { ApiError } from '../../../../contract/call.ts'
import { AmountKopecks, type Deal, deals } from '../../../../contract/crm/deal.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { MoneyField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from './deals.module.css'
import { ModelField, useModels } from './pick-model.tsx'

const Draft = z.object({ amountKopecks: AmountKopecks.nullable(), modelId: z.uuid().nullable() })
const Current = z.object({ version: z.number(), amountKopecks: z.number().nullable(), modelId: z.string().nullable() })
type Current = z.output<typeof Current>
type EditDealProps = { deal: Deal; isOpen: boolean; onClose: () => void }

/** Amount and model. When somebody was faster, what stands there now is shown beside what was typed. */
export function EditDeal({ deal, isOpen, onClose }: EditDealProps) {
  const { deals: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.edit} size="sm">
      <Body deal={deal} onClose={onClose} />
    </Dialog>
  )
}

function Body({ deal, onClose }: Omit<EditDealProps, 'isOpen'>) {
  const [{ deals: t }, format, models] = [useWords(), useFormat(), useModels()]
  const [theirs, setTheirs] = useState<Current | null>(null)
  const edit = useAct(deals.edit, { changes: ['deal'], isQuiet: true, done: () => (toast.done(t.edited), onClose()) })
  const send = async (draft: z.output<typeof Draft>): Promise<void> => {
    try {
      await edit.run({ dealId: deal.id, version: theirs?.version ?? deal.version, ...draft })
    } catch (error) {
      const current = error instanceof ApiError && error.code === 'stale' ? Current.safeParse(error.body.details?.current).data : undefined
      if (current) setTheirs(current)
      throw error
    }
  }
  const modelOf = (id: string | null): string => models.find(({ value }) => value === id)?.label ?? t.noModel
  return (
    <Form schema={Draft} initial={{ amountKopecks: deal.amountKopecks, modelId: deal.modelId }} onSubmit={send} onCancel={onClose}>
      {(form) => (
        <>
          <MoneyField label={t.amount} {...form.field('amountKopecks')} />
          <ModelField label={t.model} placeholder={t.noModel} {...form.field('modelId')} />
          {theirs && (
            <p className={styles.note}>
              {t.conflict} {theirs.amountKopecks === null ? t.noAmount : format.money(theirs.amountKopecks)}, {modelOf(theirs.modelId)}. {t.conflictHint}
            </p>
          )}
        </>
      )}
    </Form>
  )
}
