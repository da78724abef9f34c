import { useState } from 'react'
import { networkLeads, type NetworkLeadCard } from '../../../contract/dnm/network-lead.ts'
import { networkRules } from '../../../contract/dnm/rule.ts'
import { Dialog, DialogActs } from '../../ui/dialog.tsx'
import { Stack } from '../../ui/layout.ts'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'

/** To which outlet: those that can take it, the best first, with what their dealers have in hand. */
export function RouteDialog({ lead, onClose }: { lead: NetworkLeadCard | null; onClose: () => void }) {
  const { dnm: t } = useWords()
  return (
    <Dialog isOpen={lead !== null} onClose={onClose} title={t.assign}>
      {lead && <Body lead={lead} onClose={onClose} />}
    </Dialog>
  )
}

function Body({ lead, onClose }: { lead: NetworkLeadCard; onClose: () => void }) {
  const { dnm: t } = useWords()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data, trouble } = useAsk(networkRules.preview, { interest: lead.interest, ...(lead.city ? { city: lead.city } : {}) }, { live: ['network_lead'] })
  const assign = useAct(networkLeads.assign, { changes: ['network_lead'], done: () => (toast.done(t.assigned), onClose()) })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons />
  const others = data.candidates.filter(({ networkOutletId }) => networkOutletId !== lead.outletId)
  if (others.length === 0) return <EmptyState title={t.noDealers} hint={t.noDealersHint} icon="route" />
  return (
    <Stack gap="sm">
      <p className={shapes.hint}>{t.assignHint}</p>
      <fieldset className={styles.choices}>
        <legend className="it-hidden">{t.chooseOutlet}</legend>
        {others.map(({ networkOutletId, dealer, outlet, city, openLeads, isOpen }) => (
          <label key={networkOutletId} className={styles.option}>
            <input type="radio" name="outlet" checked={chosen === networkOutletId} onChange={() => setChosen(networkOutletId)} />
            <span>
              {dealer} <span className={shapes.hint}>{[outlet, city].filter(Boolean).join(', ')}</span>
            </span>
            <span className={shapes.hint}>{[t.openNow(openLeads), isOpen ? null : t.isClosedNow].filter(Boolean).join(', ')}</span>
          </label>
        ))}
      </fieldset>
      <DialogActs
        label={t.assign}
        isBusy={assign.isBusy}
        disabledReason={chosen === null ? t.reasons.notADealer : null}
        onRun={() => chosen && assign.fire({ networkLeadId: lead.id, version: lead.version, networkOutletId: chosen })}
        onCancel={onClose}
      />
    </Stack>
  )
}
