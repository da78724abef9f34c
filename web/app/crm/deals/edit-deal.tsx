import { z } from 'zod'
import { AmountKopecks, type Deal, deals } from '../../../../contract/crm/deal.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { MoneyField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { ModelField, useModels } from './pick-model.tsx'

const Draft = z.object({ amountKopecks: AmountKopecks.nullable(), modelId: z.uuid().nullable() })
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
  const edit = useAct(deals.edit, { changes: ['deal'], isQuiet: true, done: () => (toast.done(t.edited), onClose()) })
  const say = (field: string, value: unknown): string =>
    field === 'modelId' ? (models.find((model) => model.value === value)?.label ?? t.noModel) : typeof value === 'number' ? format.money(value) : t.noAmount
  const saving = useVersion(deal.version, { amountKopecks: t.amount, modelId: t.model }, say)
  const send = (draft: z.output<typeof Draft>): Promise<unknown> => saving((version) => edit.run({ dealId: deal.id, version, ...draft }))
  return (
    <Form schema={Draft} initial={{ amountKopecks: deal.amountKopecks, modelId: deal.modelId }} onSubmit={send} onCancel={onClose}>
      {(form) => (
        <>
          <MoneyField label={t.amount} {...form.field('amountKopecks')} />
          <ModelField label={t.model} placeholder={t.noModel} {...form.field('modelId')} />
        </>
      )}
    </Form>
  )
}
