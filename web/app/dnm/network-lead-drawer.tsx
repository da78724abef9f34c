import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { type NetworkLeadCard, networkLeads } from '../../../contract/dnm/network-lead.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { confirm, Drawer } from '../../ui/dialog.tsx'
import { Stack } from '../../ui/layout.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { ContactChip, TakeChip } from '../crm/leads/clock-chips.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useStaffNames } from '../people/card/staff-names.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'
import { State } from './network-columns.tsx'
import { useNetworkWords } from './network-words.ts'
import { RouteDialog } from './route-dialog.tsx'

/** One request of the network at the side of the tray: where it is, until when, why there, and all that was decided about it. */
export function NetworkLeadDrawer({ leadId, onClose }: { leadId: string | null; onClose: () => void }) {
  const { dnm: t } = useWords()
  return (
    <Drawer isOpen={leadId !== null} onClose={onClose} title={t.lead}>
      {leadId && <Body key={leadId} leadId={leadId} />}
    </Drawer>
  )
}

function Body({ leadId }: { leadId: string }) {
  const { data: lead, trouble } = useAsk(networkLeads.get, { networkLeadId: leadId }, { live: ['network_lead'] })
  const { dnm: t } = useWords()
  if (trouble) return <ErrorState {...trouble} />
  if (!lead) return <Skeletons />
  return (
    <Stack gap="md">
      <Acts lead={lead} />
      <WhatIs lead={lead} />
      <Section title={t.history}>
        <History lead={lead} />
      </Section>
      {lead.transfers.length > 0 && (
        <Section title={t.transfers}>
          <Transfers lead={lead} />
        </Section>
      )}
    </Stack>
  )
}

const changes = ['network_lead'] as const

function Acts({ lead }: { lead: NetworkLeadCard }) {
  const [{ dnm: t }, { why }] = [useWords(), useRights()]
  const [isChoosing, setChoosing] = useState(false)
  const at = { networkLeadId: lead.id, version: lead.version }
  const reroute = useAct(networkLeads.reroute, { changes, done: () => toast.done(t.rerouted) })
  const takeBack = useAct(networkLeads.takeBack, { changes, done: () => toast.done(t.takenBack) })
  const closed = lead.state === 'closed' ? t.reasons.isClosed : null
  const ask = async (): Promise<void> => {
    if (await confirm({ title: t.takeBack, text: t.takeBackAsk, confirm: t.takeBack, isDangerous: true })) takeBack.fire(at)
  }
  return (
    <div className={shapes.acts}>
      <Button kind="primary" autoFocus disabledReason={why(networkLeads.assign) ?? closed} onClick={() => setChoosing(true)}>
        {t.assign}
      </Button>
      <Button busy={reroute.isBusy} disabledReason={why(networkLeads.reroute) ?? closed} onClick={() => reroute.fire(at)}>
        {t.reroute}
      </Button>
      <Button busy={takeBack.isBusy} disabledReason={why(networkLeads.takeBack) ?? closed ?? (lead.state === 'unrouted' ? t.reasons.isUnrouted : null)} onClick={() => void ask()}>
        {t.takeBack}
      </Button>
      <RouteDialog lead={isChoosing ? lead : null} onClose={() => setChoosing(false)} />
    </div>
  )
}

function WhatIs({ lead }: { lead: NetworkLeadCard }) {
  const [{ dnm: t, leads }, say, format, { may }] = [useWords(), useNetworkWords(), useFormat(), useRights()]
  const { clocks, personId } = lead
  const person =
    personId === null ? (
      t.noPerson
    ) : may('person.read') ? (
      <Link className={styles.link} to={paths.person} params={{ personId }}>
        {t.openPerson}
      </Link>
    ) : null
  const facts: (readonly [string, React.ReactNode])[] = [
    [t.lead, t.number(lead.number)],
    [t.state, <State key="state" lead={lead} />],
    [t.interest, say.subject(lead)],
    [t.city, lead.city ?? '—'],
    ...(lead.wishedOutlet ? [[t.wishes, lead.wishedOutlet] as const] : []),
    [t.dealer, [lead.dealer, lead.outlet].filter(Boolean).join(', ') || '—'],
    [t.whyHere, say.because(lead.assignedBecause)],
    ...(clocks
      ? ([
          [leads.take, <TakeChip key="take" lead={{ ...lead, clocks }} />],
          [leads.firstContact, <ContactChip key="contact" lead={{ ...lead, clocks }} />],
        ] as const)
      : []),
    ...(lead.excusedMinutes > 0 ? [[t.excused, t.minutes(lead.excusedMinutes)] as const] : []),
    ...(lead.dealerLeadNumber === null ? [] : [[t.dealerNumber, t.number(lead.dealerLeadNumber)] as const]),
    ...(lead.clientDmsId === null ? [] : [[t.dealNumber, lead.clientDmsId] as const]),
    ...(lead.duplicateOf === null ? [] : [[t.duplicate, t.sameAsked(lead.duplicateOf)] as const]),
    [t.asked, format.dateTime(lead.askedAt)],
    ...(person ? [[leads.client, person] as const] : []),
  ]
  return <Facts facts={facts} />
}

function History({ lead }: { lead: NetworkLeadCard }) {
  const [{ dnm: t }, say, format, nameOf] = [useWords(), useNetworkWords(), useFormat(), useStaffNames()]
  return (
    <ol className={styles.history}>
      {lead.moves.map(({ id, kind, from, to, because, byId, at }) => (
        <li key={id}>
          <time dateTime={at}>{format.dateTime(at)}</time>
          <span>
            {t.moves[kind]} {to ?? from ?? ''} <span className={shapes.hint}>{[say.because(because), byId && nameOf(byId)].filter(Boolean).join(', ')}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}

function Transfers({ lead }: { lead: NetworkLeadCard }) {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return (
    <ol className={styles.history}>
      {lead.transfers.map(({ id, dealer, via, basis, state, at, endedAt }) => (
        <li key={id}>
          <time dateTime={at}>{format.dateTime(at)}</time>
          <span>
            {dealer} <Badge tone={state === 'done' ? 'good' : state === 'refused' || state === 'failed' ? 'bad' : 'info'}>{t.transferStates[state]}</Badge>{' '}
            {endedAt && <Badge>{t.ended}</Badge>} <span className={shapes.hint}>{[basis && t.bases[basis], t.deliveries[via]].filter(Boolean).join(', ')}</span>
          </span>
        </li>
      ))}
    </ol>
  )
}
