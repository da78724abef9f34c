import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { mailings, type Mailing, type MailingPerson, type MessageCount, type MessageReason, type MessageState } from '../../../contract/mailing/mailing.ts'
import { Button } from '../../ui/button.tsx'
import { confirm, Drawer } from '../../ui/dialog.tsx'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk, usePages } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import { AudiencePreview } from './audience-preview.tsx'
import { lifeOf, MailingState, useReason } from './mailing-words.tsx'
import { PeopleRows } from './people-rows.tsx'
import styles from './mailing.module.css'

type Count = z.output<typeof MessageCount>
type Message = z.output<typeof MailingPerson> & { id: string }
const route = getRouteApi(`/staff${paths.mailing}`)

/** One mailing: before it begins whom it would reach, then how it goes, message by message. */
export function MailingPage() {
  const [{ mailing: t }, navigate, { mailingId }] = [useWords(), useNavigate(), route.useParams()]
  const { data, trouble } = useAsk(mailings.show, { mailingId }, { live: ['mailing'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons />
  const { mailing, counts } = data
  const back = (
    <Button kind="quiet" icon="left" onClick={() => void navigate({ to: paths.mailings })}>
      {t.back}
    </Button>
  )
  return (
    <Page title={mailing.name} actions={back}>
      <Section title={t.state} actions={<Acts mailing={mailing} />}>
        <About mailing={mailing} />
      </Section>
      {mailing.state === 'draft' ? <AudiencePreview filter={mailing} /> : <Progress mailing={mailing} counts={counts} />}
    </Page>
  )
}

function About({ mailing }: { mailing: Mailing }) {
  const [{ mailing: t }, format] = [useWords(), useFormat()]
  const times = [
    [t.createdAt, mailing.createdAt],
    [t.startedAt, mailing.startedAt],
    [t.finishedAt, mailing.finishedAt],
  ] as const
  return (
    <Facts
      facts={[
        [t.state, <MailingState key="state" state={mailing.state} />],
        [t.template, `${mailing.templateName}, ${t.version(mailing.templateVersion)} · ${t.channels[mailing.channel]}`],
        ...times.flatMap(([name, at]) => (at ? [[name, format.dateTime(at)] as const] : [])),
      ]}
    />
  )
}

function Acts({ mailing }: { mailing: Mailing }) {
  const [{ mailing: t }, { why }] = [useWords(), useRights()]
  const said = { changes: ['mailing'] as const }
  const start = useAct(mailings.start, { ...said, done: () => toast.done(t.started) })
  const pause = useAct(mailings.pause, { ...said, done: () => toast.done(t.paused) })
  const cancel = useAct(mailings.cancel, { ...said, done: () => toast.done(t.cancelled) })
  const test = useAct(mailings.test, { done: () => toast.done(t.tested) })
  const named = { mailingId: mailing.id, version: mailing.version }
  const cannot = why(mailings.start)
  const begin = async (): Promise<void> => {
    if (mailing.state === 'paused' || (await confirm({ title: t.startAsk, text: t.startText, confirm: t.start }))) start.fire(named)
  }
  const end = async (): Promise<void> => {
    if (await confirm({ title: t.cancelAsk, text: t.cancelText, confirm: t.cancel, isDangerous: true })) cancel.fire(named)
  }
  if (mailing.state === 'done' || mailing.state === 'cancelled') return null
  return (
    <div className={styles.acts}>
      <Button busy={test.isBusy} disabledReason={why(mailings.test)} onClick={() => test.fire({ mailingId: mailing.id })}>
        {t.test}
      </Button>
      <Button kind="quiet" busy={cancel.isBusy} disabledReason={cannot} onClick={() => void end()}>
        {t.cancel}
      </Button>
      {mailing.state === 'running' ? (
        <Button kind="primary" busy={pause.isBusy} disabledReason={cannot} onClick={() => pause.fire(named)}>
          {t.pause}
        </Button>
      ) : (
        <Button kind="primary" busy={start.isBusy} disabledReason={cannot} onClick={() => void begin()}>
          {mailing.state === 'paused' ? t.goOn : t.start}
        </Button>
      )}
    </div>
  )
}

type Opened = { state: MessageState; because: MessageReason | null }

function Progress({ mailing, counts }: { mailing: Mailing; counts: readonly Count[] }) {
  const [{ mailing: t }, format, say] = [useWords(), useFormat(), useReason()]
  const [open, setOpen] = useState<Opened | null>(null)
  const all = counts.reduce((sum, { messages }) => sum + messages, 0)
  const left = counts.filter(({ state }) => state === 'queued' || state === 'sending').reduce((sum, { messages }) => sum + messages, 0)
  const sorted = [...counts].sort((a, b) => lifeOf.indexOf(a.state) - lifeOf.indexOf(b.state) || b.messages - a.messages)
  const nameOf = ({ state, because }: Opened): string => `${t.messageStates[state]}${because && state !== 'sent' && state !== 'queued' ? `: ${say(because)}` : ''}`
  return (
    <Section title={t.progress}>
      {(mailing.state === 'running' || mailing.state === 'paused') && (
        <div className={styles.progress}>
          <span role="status">{mailing.isGathered ? t.sendingNow(all - left, all) : t.gathering}</span>
          <progress aria-label={t.progress} {...(mailing.isGathered ? { value: all - left, max: Math.max(all, 1) } : {})} />
        </div>
      )}
      {counts.length === 0 && mailing.state !== 'running' && <EmptyState title={t.noRows} icon="mail" />}
      <ul className={styles.counts}>
        {sorted.map(({ messages, ...count }) => (
          <li key={`${count.state}/${count.because}`}>
            <button
              type="button"
              className={styles.count}
              data-may={count.state === 'sent'}
              aria-label={t.openRows(nameOf(count), format.number(messages))}
              onClick={() => setOpen(count)}
            >
              <strong>{format.number(messages)}</strong>
              <span>{nameOf(count)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={open ? nameOf(open) : t.rows}>
        {open && <Behind mailingId={mailing.id} opened={open} />}
      </Drawer>
    </Section>
  )
}

function Behind({ mailingId, opened: { state, because } }: { mailingId: string; opened: Opened }) {
  const asked = { mailingId, state, ...(because ? { because } : {}) }
  const data = usePages<Message, typeof mailings.messages.input, typeof mailings.messages.output>(mailings.messages, asked, { live: ['mailing'] })
  return <PeopleRows data={data} keyOf={({ id }) => id} />
}
