import { useState } from 'react'
import { ApiError } from '../../../../contract/call.ts'
import { deals } from '../../../../contract/crm/deal.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { MoneyField, SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import styles from './deals.module.css'
import { ModelField } from './pick-model.tsx'
import { type Picked, PickPerson } from './pick-person.tsx'
import { useSellers } from './sellers.ts'

type OpenDealProps = {
  isOpen: boolean
  onClose: () => void
  /** Opened from a lead: it is closed with the result `deal`. */
  lead?: { id: string; version: number; name: string | null; outletId?: string }
  /** Opened from a card; without lead and person the client is looked for. */
  person?: Picked
  onOpened: (dealId: string) => void
}

/** Opens a working list: for a lead, for a client, or for whoever is found. */
export function OpenDeal({ isOpen, onClose, ...rest }: OpenDealProps) {
  const { deals: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.open}>
      <Body {...rest} onClose={onClose} />
    </Dialog>
  )
}

function Body({ lead, person, onClose, onOpened }: Omit<OpenDealProps, 'isOpen'>) {
  const [{ deals: t, drives, ui }, { may, why }, { employeeId, chosenOutlet, outlets }] = [useWords(), useRights(), useSession()]
  const [found, setFound] = useState<Picked | null>(person ?? null)
  const [modelId, setModelId] = useState<string | null>(null)
  const [amountKopecks, setAmount] = useState<number | null>(null)
  const [responsibleId, setResponsible] = useState<string | null>(employeeId)
  const [chosen, setChosen] = useState<string | null>(chosenOutlet?.id ?? null)
  const outletId = lead?.outletId ?? chosen
  const sellers = useSellers(outletId)
  const open = useAct(deals.open, { changes: ['deal', 'lead', 'person'], isQuiet: true, done: ({ id }) => (toast.done(t.opened), onOpened(id)) })
  const refused = open.error instanceof ApiError ? open.error : null
  const wrongOutlet = refused?.fields.some(({ at }) => at === 'outletId')
  const send = (): void => {
    const from = lead ? { leadId: lead.id, leadVersion: lead.version } : found && { personId: found.id, ...(outletId ? { outletId } : {}) }
    if (from) open.fire({ ...from, modelId, amountKopecks, ...(responsibleId ? { responsibleId } : {}) })
  }
  const missing = why(deals.open) ?? (lead || found ? null : drives.chooseClient)
  return (
    <Stack gap="md">
      {lead ? <strong>{lead.name ?? t.hidden}</strong> : <PickPerson value={found} onPick={setFound} isFixed={person !== undefined} />}
      <ModelField label={t.model} placeholder={t.noModel} value={modelId} onChange={setModelId} />
      <MoneyField label={t.amount} value={amountKopecks} onChange={setAmount} />
      {may('deal.read_all') && <SelectField label={t.responsible} value={responsibleId} onChange={setResponsible} choices={sellers} />}
      {!lead && outlets.length > 1 && (
        <SelectField
          label={t.outlet}
          clearable
          value={chosen}
          onChange={setChosen}
          error={wrongOutlet ? ui.wrong.required : undefined}
          choices={outlets.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {lead && <p className={styles.dim}>{t.openHint}</p>}
      {refused && (
        <p className={styles.note} role="alert">
          {refused.message}
        </p>
      )}
      <DialogActs label={t.open} isBusy={open.isBusy} disabledReason={missing} onRun={send} onCancel={onClose} />
    </Stack>
  )
}
