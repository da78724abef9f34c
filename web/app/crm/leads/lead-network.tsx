import { useState } from 'react'
import type { LeadCard } from '../../../../contract/crm/lead.ts'
import { disputeEvidence, disputeReasons, disputes } from '../../../../contract/dnm/dispute.ts'
import { received, type ReceivedTransfer } from '../../../../contract/dnm/received.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { CheckField, SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from './leads.module.css'

/** Where a lead came from when a distributor handed it over, until when they wait, and the number of the same person's other request. Nothing where there is nothing to say. */
export function LeadNetwork({ lead }: { lead: LeadCard }) {
  const { dnm: t } = useWords()
  const { data } = useAsk(received.ofLead, { leadId: lead.id }, { live: ['lead'] })
  if (!data || (!data.transfer && data.duplicateOf === null)) return null
  return (
    <Section title={t.received}>
      {data.duplicateOf !== null && <p>{t.sameAsked(data.duplicateOf)}</p>}
      {data.transfer && <Transfer lead={lead} transfer={data.transfer} />}
    </Section>
  )
}

function Transfer({ lead, transfer }: { lead: LeadCard; transfer: ReceivedTransfer }) {
  const [{ dnm: t, leads }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [isDisputing, setDisputing] = useState(false)
  const { distributor, number, basis, takeDueAt, firstContactDueAt, endedBecause, dispute } = transfer
  const said = dispute && [t.disputeReasons[dispute.reason], dispute.decision && t.decisions[dispute.decision]].filter(Boolean).join(', ')
  const cannot =
    why(disputes.open) ?? (lead.status === 'closed' ? leads.reasons.isClosed : endedBecause ? t.endedBecause[endedBecause] : dispute ? t.disputeNow[dispute.state] : null)
  return (
    <>
      <Facts
        facts={[
          [t.from, t.fromImporter(distributor, number)],
          [t.deadlines, `${t.takeUntil(format.moment(takeDueAt))}, ${t.answerUntil(format.moment(firstContactDueAt))}`],
          [t.basis, t.bases[basis]],
          ...(endedBecause ? [[t.state, <Badge key="ended">{t.endedBecause[endedBecause]}</Badge>] as const] : []),
          ...(dispute ? [[t.dispute, <Badge key="dispute" tone={dispute.state === 'open' ? 'warn' : 'neutral'}>{`${t.disputeNow[dispute.state]}: ${said}`}</Badge>] as const] : []),
        ]}
      />
      <div className={shapes.acts}>
        <Button disabledReason={cannot} onClick={() => setDisputing(true)}>
          {t.dispute}
        </Button>
      </div>
      <Dialog isOpen={isDisputing} onClose={() => setDisputing(false)} title={t.dispute}>
        {isDisputing && <DisputeForm leadId={lead.id} onClose={() => setDisputing(false)} />}
      </Dialog>
    </>
  )
}

type Reason = (typeof disputeReasons)[number]
type Evidence = (typeof disputeEvidence)[number]

function DisputeForm({ leadId, onClose }: { leadId: string; onClose: () => void }) {
  const { dnm: t } = useWords()
  const [reason, setReason] = useState<Reason>('not_ours')
  const [evidence, setEvidence] = useState<readonly Evidence[]>([])
  const open = useAct(disputes.open, { changes: ['lead'], done: () => (toast.done(t.disputed), onClose()) })
  return (
    <Stack gap="sm">
      <p className={styles.dim}>{t.disputeHint}</p>
      <SelectField
        label={t.disputeReason}
        choices={disputeReasons.map((value) => ({ value, label: t.disputeReasons[value] }))}
        value={reason}
        onChange={(value) => value && setReason(value)}
      />
      <fieldset className={styles.people}>
        <legend>{t.evidence}</legend>
        {disputeEvidence.map((code) => (
          <CheckField
            key={code}
            label={t.evidences[code]}
            value={evidence.includes(code)}
            onChange={(isOn) => setEvidence(isOn ? [...evidence, code] : evidence.filter((each) => each !== code))}
          />
        ))}
      </fieldset>
      <DialogActs label={t.dispute} isBusy={open.isBusy} onRun={() => open.fire({ leadId, reason, evidence: [...evidence] })} onCancel={onClose} />
    </Stack>
  )
}
