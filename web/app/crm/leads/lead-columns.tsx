import type { MouseEvent } from 'react'
import type { LeadRow } from '../../../../contract/crm/lead.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import type { Column } from '../../../ui/data-table.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useWords } from '../../language.tsx'
import { ClockChips, ContactChip, TakeChip } from './clock-chips.tsx'
import type { useLeadActs } from './lead-acts.ts'
import { useLeadWords } from './lead-words.ts'
import shapes from '../../shared.module.css'
import styles from './leads.module.css'

type Acts = ReturnType<typeof useLeadActs>

export function useLeadColumns(acts: Acts): Column<LeadRow>[] {
  const [{ leads: t }, say, format] = [useWords(), useLeadWords(), useFormat()]
  return [
    { key: 'take', title: t.take, width: 144, cell: (lead) => <TakeChip lead={lead} /> },
    { key: 'contact', title: t.firstContact, width: 144, cell: (lead) => <ContactChip lead={lead} /> },
    { key: 'client', title: t.client, width: 130, grows: true, cell: (lead) => <Client lead={lead} /> },
    { key: 'phone', title: t.phone, width: 82, cell: ({ masked }) => masked?.phone },
    { key: 'interest', title: t.interest, width: 178, cell: ({ interest, model }) => <Cut text={[t.interests[interest], model].filter(Boolean).join(', ')} /> },
    { key: 'source', title: t.source, width: 128, cell: ({ source }) => <Cut text={source} /> },
    {
      key: 'responsible',
      title: t.responsible,
      width: 136,
      cell: ({ responsibleId, assignedBecause }) => <span title={say.because(assignedBecause)}>{say.staff(responsibleId)}</span>,
    },
    { key: 'received', title: t.received, width: 116, align: 'end', cell: ({ receivedAt }) => format.moment(receivedAt) },
    { key: 'acts', title: '', width: 84, align: 'end', cell: (lead) => <Take lead={lead} acts={acts} /> },
  ]
}

function Cut({ text }: { text: string }) {
  return (
    <span className={shapes.cut} title={text}>
      {text}
    </span>
  )
}

function Client({ lead }: { lead: LeadRow }) {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  return (
    <>
      {say.client(lead)} {lead.escalatedAt && lead.status !== 'closed' && <Badge tone="bad">{t.isEscalated}</Badge>} {lead.result && <Badge>{t.results[lead.result]}</Badge>}
    </>
  )
}

function Take({ lead, acts }: { lead: LeadRow; acts: Acts }) {
  const { leads: t } = useWords()
  if (lead.status === 'closed') return null
  // Not a click on the row it stands in.
  const take = (event: MouseEvent): void => {
    event.stopPropagation()
    acts.take(lead)
  }
  return (
    <Button size="xs" disabledReason={acts.why.take(lead)} onClick={take}>
      {t.takeIt}
    </Button>
  )
}

export function LeadCardOnPhone({ lead, acts }: { lead: LeadRow; acts: Acts }) {
  const [{ leads: t }, say, format, now] = [useWords(), useLeadWords(), useFormat(), new Date(useNow())]
  return (
    <div className={shapes.request}>
      <strong>
        <Client lead={lead} />
      </strong>
      <span className={styles.dim}>{format.moment(lead.receivedAt, now)}</span>
      <span className={`${styles.dim} ${shapes.cut}`}>{[t.interests[lead.interest], lead.model, lead.source, say.staff(lead.responsibleId)].filter(Boolean).join(' · ')}</span>
      <Take lead={lead} acts={acts} />
      <span className={shapes.both}>
        <ClockChips lead={lead} />
      </span>
    </div>
  )
}
