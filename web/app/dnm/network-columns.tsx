import type { NetworkLead } from '../../../contract/dnm/network-lead.ts'
import { Badge } from '../../ui/badge.tsx'
import { useNow } from '../../ui/clock.tsx'
import type { Column } from '../../ui/data-table.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { ClockChips, ContactChip, TakeChip } from '../crm/leads/clock-chips.tsx'
import { useWords } from '../language.tsx'
import shapes from '../shared.module.css'
import { useNetworkWords } from './network-words.ts'

export const isLate = ({ clocks }: NetworkLead): boolean => clocks?.firstContact.state === 'overdue' || clocks?.take.state === 'overdue'

export function useNetworkColumns(): Column<NetworkLead>[] {
  const [{ dnm: t, leads }, say, format] = [useWords(), useNetworkWords(), useFormat()]
  return [
    { key: 'number', title: t.lead, width: 80, cell: ({ number }) => t.number(number) },
    { key: 'take', title: leads.take, width: 146, cell: (lead) => lead.clocks && <TakeChip lead={{ ...lead, clocks: lead.clocks }} /> },
    { key: 'contact', title: leads.firstContact, width: 146, cell: (lead) => lead.clocks && <ContactChip lead={{ ...lead, clocks: lead.clocks }} /> },
    { key: 'state', title: t.state, width: 130, cell: (lead) => <State lead={lead} /> },
    { key: 'subject', title: t.interest, width: 178, cell: (lead) => <Cut text={say.subject(lead)} /> },
    { key: 'city', title: t.city, width: 84, cell: ({ city }) => city },
    { key: 'dealer', title: t.dealer, width: 134, grows: true, cell: ({ dealer, outlet }) => <Cut text={dealer ?? '—'} title={[dealer, outlet].filter(Boolean).join(', ')} /> },
    { key: 'why', title: t.whyHere, width: 150, cell: ({ assignedBecause }) => <Cut text={say.because(assignedBecause)} /> },
    { key: 'asked', title: t.asked, width: 116, align: 'end', cell: ({ askedAt }) => format.moment(askedAt) },
  ]
}

function Cut({ text, title = text }: { text: string; title?: string }) {
  return (
    <span className={shapes.cut} title={title}>
      {text}
    </span>
  )
}

export function State({ lead }: { lead: NetworkLead }) {
  const [{ dnm: t, leads }, say] = [useWords(), useNetworkWords()]
  const tone = lead.state === 'unrouted' ? 'bad' : lead.state === 'disputed' ? 'warn' : lead.state === 'closed' ? 'neutral' : 'info'
  return (
    <span title={say.state(lead)}>
      <Badge tone={tone}>{t.states[lead.state]}</Badge> {lead.result && <Badge>{leads.results[lead.result]}</Badge>} {lead.duplicateOf !== null && <Badge>{t.duplicate}</Badge>}
    </span>
  )
}

export function NetworkCard({ lead }: { lead: NetworkLead }) {
  const [{ dnm: t }, say, format, now] = [useWords(), useNetworkWords(), useFormat(), new Date(useNow())]
  return (
    <div className={shapes.request}>
      <strong>
        {t.number(lead.number)} <State lead={lead} />
      </strong>
      <span className={shapes.hint}>{format.moment(lead.askedAt, now)}</span>
      <span className={`${shapes.hint} ${shapes.cut}`}>{[say.subject(lead), lead.city, lead.dealer].filter(Boolean).join(' · ')}</span>
      <span />
      <span className={shapes.both}>{lead.clocks && <ClockChips lead={{ ...lead, clocks: lead.clocks }} />}</span>
    </div>
  )
}
