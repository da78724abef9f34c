import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type Dispute, disputeDecisions, disputes, disputeStates } from '../../../contract/dnm/dispute.ts'
import { Badge } from '../../ui/badge.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog, DialogActs } from '../../ui/dialog.tsx'
import { ChoiceField, SelectField } from '../../ui/fields.tsx'
import { Stack } from '../../ui/layout.ts'
import { Facts, Page } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { usePages } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'

const views = [...disputeStates, 'all'] as const
type View = (typeof views)[number]

/** What dealers say is not theirs to answer; a human decides. */
export function DisputesPage() {
  const { dnm: t } = useWords()
  const [state, setState] = useState<View>('open')
  const [chosen, setChosen] = useState<Dispute | null>(null)
  const data = usePages<Dispute, typeof disputes.list.input, typeof disputes.list.output>(disputes.list, { state }, { live: ['network_lead'] })
  return (
    <Page
      title={t.disputes}
      filters={<ChoiceField label={t.disputes} value={state} choices={views.map((value) => ({ value, label: t.disputeStates[value] }))} onChange={setState} />}
    >
      <div className={shapes.fills}>
        <DataTable
          autoFocus
          label={t.disputes}
          data={data}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={{ title: t.noDisputes, hint: t.noDisputesHint, icon: 'check' }}
          onOpen={setChosen}
          card={(dispute) => <Card dispute={dispute} />}
          rowTone={(dispute) => (dispute.state === 'open' ? undefined : 'muted')}
        />
      </div>
      <Dialog isOpen={chosen !== null} onClose={() => setChosen(null)} title={chosen ? t.number(chosen.number) : ''}>
        {chosen && <Body key={chosen.id} dispute={chosen} onClose={() => setChosen(null)} />}
      </Dialog>
    </Page>
  )
}

function useColumns(): Column<Dispute>[] {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'number', title: t.lead, width: 90, cell: ({ number }) => t.number(number) },
    { key: 'dealer', title: t.dealer, width: 180, cell: ({ dealer }) => dealer },
    { key: 'reason', title: t.disputeReason, width: 260, grows: true, cell: ({ reason }) => t.disputeReasons[reason] },
    { key: 'state', title: t.state, width: 220, cell: (dispute) => <StateOf dispute={dispute} /> },
    { key: 'opened', title: t.opened, width: 130, align: 'end', cell: ({ openedAt }) => format.moment(openedAt) },
  ]
}

function StateOf({ dispute: { state, decision } }: { dispute: Dispute }) {
  const { dnm: t } = useWords()
  return (
    <>
      <Badge tone={state === 'open' ? 'warn' : state === 'accepted' ? 'good' : 'neutral'}>{t.disputeNow[state]}</Badge> {decision && t.decisions[decision]}
    </>
  )
}

function Card({ dispute }: { dispute: Dispute }) {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>
        {t.number(dispute.number)}, {dispute.dealer}
      </strong>
      <span>
        <StateOf dispute={dispute} />
      </span>
      <span className={shapes.hint}>{t.disputeReasons[dispute.reason]}</span>
      <span className={shapes.hint}>{format.moment(dispute.openedAt)}</span>
    </div>
  )
}

type Decision = (typeof disputeDecisions)['accepted' | 'rejected'][number]

function Body({ dispute, onClose }: { dispute: Dispute; onClose: () => void }) {
  const [{ dnm: t }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [isAccepted, setAccepted] = useState(true)
  const [decision, setDecision] = useState<Decision>('confirmed')
  const decide = useAct(disputes.decide, { changes: ['network_lead'], done: () => (toast.done(t.decided), onClose()) })
  const of: readonly Decision[] = disputeDecisions[isAccepted ? 'accepted' : 'rejected']
  const turn = (value: 'accept' | 'reject'): void => {
    setAccepted(value === 'accept')
    setDecision(disputeDecisions[value === 'accept' ? 'accepted' : 'rejected'][0])
  }
  return (
    <Stack gap="sm">
      <Facts
        facts={[
          [
            t.lead,
            <Link key="lead" className={styles.link} to={paths.networkLeads} search={{ view: 'all', lead: dispute.networkLeadId }}>
              {t.number(dispute.number)}
            </Link>,
          ],
          [t.dealer, dispute.dealer],
          [t.disputeReason, t.disputeReasons[dispute.reason]],
          [t.evidence, dispute.evidence.map((code) => t.evidences[code]).join(', ') || t.noEvidence],
          [t.opened, format.dateTime(dispute.openedAt)],
          [t.state, <StateOf key="state" dispute={dispute} />],
          ...(dispute.excusedMinutes > 0 ? [[t.excused, t.minutes(dispute.excusedMinutes)] as const] : []),
        ]}
      />
      {dispute.state === 'open' && (
        <>
          <ChoiceField
            label={t.decision}
            value={isAccepted ? 'accept' : 'reject'}
            choices={[
              { value: 'accept', label: t.accept },
              { value: 'reject', label: t.reject },
            ]}
            onChange={turn}
          />
          <SelectField
            label={t.decision}
            hint={isAccepted ? t.acceptHint : t.rejectHint}
            choices={of.map((value) => ({ value, label: t.decisions[value] }))}
            value={decision}
            onChange={(value) => value && setDecision(value)}
          />
          <DialogActs
            label={t.decide}
            isBusy={decide.isBusy}
            disabledReason={why(disputes.decide)}
            onRun={() => decide.fire({ disputeId: dispute.id, version: dispute.version, isAccepted, decision })}
            onCancel={onClose}
          />
        </>
      )}
    </Stack>
  )
}
