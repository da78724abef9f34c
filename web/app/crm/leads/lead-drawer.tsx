import { useEffect, useState } from 'react'
import { call } from '../../../../contract/call.ts'
import { closingResults, type LeadCard, leads } from '../../../../contract/crm/lead.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Menu } from '../../../ui/menu.tsx'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { ContactChip, TakeChip } from './clock-chips.tsx'
import { ClockStory } from './clock-story.tsx'
import { useLeadActs } from './lead-acts.ts'
import { LeadNetwork } from './lead-network.tsx'
import { LeadNext } from './lead-next.tsx'
import { useLeadWords } from './lead-words.ts'
import shapes from '../../shared.module.css'
import styles from './leads.module.css'

type DrawerProps = { leadId: string | null; onClose: () => void; onAssign: (lead: LeadCard) => void }

/** One lead at the side of the tray: who, what, until when, why here, and all that can be done with it. */
export function LeadDrawer({ leadId, onClose, onAssign }: DrawerProps) {
  const { leads: t } = useWords()
  return (
    <Drawer isOpen={leadId !== null} onClose={onClose} title={t.lead}>
      {leadId && <Body key={leadId} leadId={leadId} onAssign={onAssign} />}
    </Drawer>
  )
}

function Body({ leadId, onAssign }: { leadId: string; onAssign: (lead: LeadCard) => void }) {
  const { data: lead, trouble } = useAsk(leads.get, { leadId }, { live: ['lead', 'person'] })
  const { leads: t } = useWords()
  if (trouble) return <ErrorState {...trouble} />
  if (!lead) return <Skeletons />
  return (
    <Stack gap="md">
      <Acts lead={lead} onAssign={onAssign} />
      <LeadNext lead={lead} />
      <LeadFacts lead={lead} />
      <LeadNetwork lead={lead} />
      <Comment lead={lead} />
      <Section title={t.howCounted}>
        <ClockStory lead={lead} />
      </Section>
    </Stack>
  )
}

function Acts({ lead, onAssign }: { lead: LeadCard; onAssign: (lead: LeadCard) => void }) {
  const [{ leads: t, ui }, acts] = [useWords(), useLeadActs()]
  const results = closingResults.filter((result) => result !== 'deal')
  const close = acts.why.close(lead)
  return (
    <div className={shapes.acts}>
      {lead.status === 'closed' ? (
        <Button kind="primary" disabledReason={acts.why.reopen(lead)} onClick={() => acts.reopen(lead)}>
          {t.reopen}
        </Button>
      ) : (
        <Button kind="primary" autoFocus disabledReason={acts.why.take(lead)} onClick={() => acts.take(lead)}>
          {t.takeIt}
        </Button>
      )}
      <Button disabledReason={acts.why.assign(lead)} onClick={() => onAssign(lead)}>
        {t.assign}
      </Button>
      <Button disabledReason={acts.why.escalate(lead)} onClick={() => acts.escalate(lead)}>
        {t.escalate}
      </Button>
      {close ? (
        <Button disabledReason={close}>{t.close}</Button>
      ) : (
        <Menu
          label={t.closeWhy}
          target={<Button icon="down">{t.close}</Button>}
          entries={[{ kind: 'title', title: t.closeWhy }, ...results.map((result) => ({ kind: 'act', title: t.results[result], run: () => acts.close(lead, result) }) as const)]}
        />
      )}
      {lead.canUndo && lead.status !== 'closed' && (
        <Button kind="quiet" onClick={() => acts.undo(lead)}>
          {ui.undo}
        </Button>
      )}
    </div>
  )
}

function LeadFacts({ lead }: { lead: LeadCard }) {
  const [{ leads: t }, say, format] = [useWords(), useLeadWords(), useFormat()]
  const status = (
    <>
      {t.statuses[lead.status]} {lead.result && <Badge>{t.results[lead.result]}</Badge>} {lead.escalatedAt && <Badge tone="bad">{t.isEscalated}</Badge>}
    </>
  )
  return (
    <Facts
      facts={[
        [t.lead, t.number(lead.number)],
        [t.client, say.client(lead)],
        [t.phone, lead.masked?.phone ?? '—'],
        [t.interest, [t.interests[lead.interest], lead.model].filter(Boolean).join(', ')],
        [t.status, status],
        [t.take, <TakeChip key="take" lead={lead} />],
        [t.firstContact, <ContactChip key="contact" lead={lead} />],
        [t.responsible, say.staff(lead.responsibleId)],
        [t.whyHere, say.because(lead.assignedBecause)],
        [t.source, lead.source],
        [t.outlet, `${say.outlet(lead.outletId)}, ${t.departments[lead.departmentKind]}`],
        [t.received, format.dateTime(lead.receivedAt)],
        ...(lead.requestedAt ? [[t.requested, format.dateTime(lead.requestedAt)] as const] : []),
        ...(lead.notices.length > 0 ? [[t.noticed, say.notices(lead.notices)] as const] : []),
      ]}
    />
  )
}

const SHOWN_MS = 120_000

/** What the client wrote stays sealed until it is asked for; it is kept in this component only and hides again. */
function Comment({ lead }: { lead: LeadCard }) {
  const [{ leads: t }, { why }] = [useWords(), useRights()]
  const [said, setSaid] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (said === null) return undefined
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said])
  const open = async (): Promise<void> => {
    setBusy(true)
    try {
      setSaid((await call(leads.comment, { leadId: lead.id })).text)
    } catch (error) {
      toast.failed(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  if (!lead.hasComment) return <p className={styles.dim}>{t.noComment}</p>
  return (
    <Section title={t.comment}>
      {said === null ? (
        <div className={shapes.line}>
          <Button icon="eye" busy={isBusy} disabledReason={why(leads.comment) ?? (lead.masked ? null : t.hiddenClient)} onClick={() => void open()}>
            {t.commentOpen}
          </Button>
          <span className={styles.dim}>{t.commentHint}</span>
        </div>
      ) : (
        <blockquote className={styles.said}>{said}</blockquote>
      )}
    </Section>
  )
}
