import { useState } from 'react'
import type { z } from 'zod'
import { consentOfChannel, consents, type Channel, type ConsentEvent } from '../../../../contract/consent/consent.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from './consents.module.css'
import { useStaffNames } from './staff-names.ts'

type Event = z.output<typeof ConsentEvent>
const tones: Record<Event['state'], Tone> = { given: 'good', refused: 'bad', withdrawn: 'bad', expired: 'warn' }

/** Every word behind the answer for a channel, newest first: what, how, by whom, under which text and its hash (152-ФЗ art. 9 ч.3: the operator proves). */
export function ConsentProof({ channel, events }: { channel: Channel; events: readonly Event[] }) {
  const { consent: t } = useWords()
  const about = events.filter(({ kind }) => kind === consentOfChannel[channel] || kind === 'advertising_data' || kind === 'request')
  return (
    <Section title={t.proof}>
      {about.length === 0 && <p className={styles.dim}>{t.noProof}</p>}
      {about.map((event) => (
        <Line key={event.id} event={event} />
      ))}
    </Section>
  )
}

function Line({ event }: { event: Event }) {
  const [{ consent: t, people }, format, nameOf] = [useWords(), useFormat(), useStaffNames()]
  const [isShown, setShown] = useState(false)
  const by = event.byId ? t.by(nameOf(event.byId) ?? people.colleague) : t.byNobody
  return (
    <article className={styles.event}>
      <div className={shapes.line}>
        <strong>{t.kinds[event.kind]}</strong>
        <Badge tone={tones[event.state]}>{t.states[event.state]}</Badge>
      </div>
      <p className={styles.dim}>
        {[format.dateTime(event.at), event.validUntil && t.validUntil(format.date(event.validUntil)), t.hows[event.how], event.place, by].filter(Boolean).join(' · ')}
      </p>
      {event.textId && event.textVersion !== null ? (
        <>
          <p className={styles.dim}>
            {t.underText(event.textVersion)}, {t.hash}: <code className={styles.hash}>{event.textSha256}</code>
          </p>
          <Button size="xs" kind="quiet" icon="file" onClick={() => setShown(!isShown)}>
            {isShown ? t.hideText : t.showText}
          </Button>
          {isShown && <Text textId={event.textId} />}
        </>
      ) : (
        <p className={styles.dim}>{t.withoutText}</p>
      )}
    </article>
  )
}

function Text({ textId }: { textId: string }) {
  const { data, trouble } = useAsk(consents.text, { textId }, { staleMs: Infinity })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={5} />
  return <div className={styles.text}>{data.body}</div>
}
