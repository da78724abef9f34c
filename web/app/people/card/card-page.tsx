import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { interactions } from '../../../../contract/crm/interaction.ts'
import { type PersonCard, persons } from '../../../../contract/people/person.ts'
import { log } from '../../../../contract/audit/log.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Page, Section, Tabs } from '../../../ui/page.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import styles from '../people.module.css'
import { CardConsents } from './card-consents.tsx'
import { CardFacts } from './card-facts.tsx'
import { CardGrounds } from './card-grounds.tsx'
import { SendMessage } from './send-message.tsx'
import { StartDeal } from './start-deal.tsx'
import { CardTimeline } from './card-timeline.tsx'
import { LogContact } from './log-contact.tsx'
import { ContactButtons } from './contact-buttons.tsx'
import { NextSteps } from './next-steps.tsx'
import { useOpened } from './opened.ts'
import { WhoLooked } from './who-looked.tsx'

export type Card = z.output<typeof PersonCard>
const route = getRouteApi(`/staff${paths.person}`)

/** A client: facts at the left, the story in the middle, what is next and on which grounds at the right. */
export function CardPage() {
  const { personId } = route.useParams()
  const { data: card, trouble } = useAsk(persons.card, { personId }, { live: ['person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!card) return <Skeletons lines={10} />
  return <Whole card={card} key={personId} />
}

function Whole({ card }: { card: Card }) {
  const [{ people: t }, { why }] = [useWords(), useRights()]
  const [isLogging, setLogging] = useState(false)
  const reveal = useOpened(card.id)
  const cannotLog = why(interactions.log) ?? (card.state === 'open' ? null : t[card.state === 'restricted' ? 'restricted' : 'noGround'])
  useShortcut('KeyL', cannotLog ? null : { label: t.log, run: () => setLogging(true) })
  const title = card.state === 'open' ? card.masked.name || t.client : t.hidden
  return (
    <Page
      title={title}
      purpose={
        <>
          <PurposeChip purpose={t.purposes[reveal.opened?.purpose ?? 'request_handling']} />
          {card.state !== 'open' && <Badge tone="bad">{t.states[card.state]}</Badge>}
        </>
      }
      actions={
        <>
          <StartDeal card={card} />
          <ContactButtons card={card} reveal={reveal} />
          <SendMessage personId={card.id} />
          <Button kind="primary" icon="log" keycap="L" disabledReason={cannotLog} onClick={() => setLogging(true)}>
            {t.log}
          </Button>
        </>
      }
    >
      <div className={styles.card}>
        <div className={styles.column}>
          <CardFacts card={card} reveal={reveal} />
        </div>
        <div className={`${styles.column} ${styles.centre}`}>
          <Middle card={card} opened={reveal.opened} onLog={() => setLogging(true)} />
        </div>
        <div className={`${styles.column} ${styles.aside}`}>
          <Section title={t.nextSteps}>
            <NextSteps personId={card.id} canPlan={card.state === 'open'} />
          </Section>
          <CardConsents personId={card.id} />
          <Section title={t.grounds}>
            <CardGrounds card={card} />
          </Section>
        </div>
      </div>
      <LogContact personId={card.id} isOpen={isLogging} onClose={() => setLogging(false)} />
    </Page>
  )
}

function Middle({ card, opened, onLog }: { card: Card; opened: ReturnType<typeof useOpened>['opened']; onLog: () => void }) {
  const [{ people: t }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const { tab = 'story' } = route.useSearch()
  const cannotLook = why(log.looks)
  const looks = cannotLook ? <EmptyState title={t.looks} hint={cannotLook} icon="shield" /> : <WhoLooked personId={card.id} />
  return (
    <Section>
      <Tabs
        label={t.tabs}
        active={tab}
        onChange={(key) => void navigate({ to: paths.person, params: { personId: card.id }, search: key === 'looks' ? { tab: 'looks' } : {} })}
        tabs={[
          { key: 'story', title: t.story, content: <CardTimeline personId={card.id} opened={opened} onLog={onLog} /> },
          { key: 'looks', title: t.looks, content: looks },
        ]}
      />
    </Section>
  )
}
