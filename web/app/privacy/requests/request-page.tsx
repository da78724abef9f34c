import { getRouteApi, Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Facts, Page, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import shapes from '../../shared.module.css'
import { DueBadge, StateBadge } from './due-badge.tsx'
import { RequestActs } from './request-acts.tsx'
import { RequestWords, useOpenWords } from './request-words.tsx'
import styles from './requests.module.css'

const route = getRouteApi(`/staff${paths.request}`)

/** One request: who, what, until when, what was done, and everything that can be done now. */
export function RequestPage() {
  const { requestId } = route.useParams()
  const { data: card, trouble } = useAsk(requests.card, { requestId }, { live: ['request', 'person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!card) return <Skeletons lines={10} />
  return <Whole card={card} key={requestId} />
}

function Whole({ card }: { card: RequestCard }) {
  const { requests: t, people } = useWords()
  const opened = useOpenWords(card.id)
  return (
    <Page
      title={`№ ${card.number}. ${t.kinds[card.kind]}`}
      purpose={
        <>
          <PurposeChip purpose={people.purposes.rights} basis={card.due.article} />
          <StateBadge state={card.state} />
          {(card.state === 'new' || card.state === 'in_work') && <DueBadge row={card} />}
          {card.isRestricted && <Badge tone="bad">{t.restricted}</Badge>}
        </>
      }
    >
      {card.repeatOf && <RepeatNote card={card} />}
      <div className={styles.whole}>
        <div className={styles.column}>
          <Section title={t.acts}>
            <RequestActs card={card} opened={opened.words} />
          </Section>
          <Section title={t.words}>
            <RequestWords card={card} {...opened} />
          </Section>
        </div>
        <div className={styles.column}>
          <Section title={t.person}>
            <Who card={card} />
          </Section>
          <Section title={t.history}>
            <History card={card} texts={opened.words?.texts ?? []} />
          </Section>
        </div>
      </div>
    </Page>
  )
}

function RepeatNote({ card }: { card: RequestCard }) {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  if (!card.repeatOf) return null
  return <div className={shapes.warning}>{t.repeatOf(card.repeatOf.number, format.calendarDate(card.repeatOf.receivedOn))}</div>
}

function Who({ card }: { card: RequestCard }) {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  const responsible = card.names.find(({ id }) => id === card.responsibleId)
  const name = card.masked ? card.masked.name : t.destroyed
  return (
    <Facts
      facts={[
        [
          t.person,
          card.personId ? (
            <Link key="person" className={styles.link} to={paths.person} params={{ personId: card.personId }}>
              {name}
            </Link>
          ) : (
            name
          ),
        ],
        [t.channel, t.channels[card.channel]],
        [t.receivedOn, format.calendarDate(card.receivedOn)],
        [t.doBy, format.calendarDate(card.due.dueOn)],
        [t.endsOn, format.calendarDate(card.due.endsOn)],
        ...(card.due.extendedTo ? [[t.extendedTo, format.calendarDate(card.due.extendedTo)] as const] : []),
        [t.identity, t.identities[card.identity]],
        [t.responsible, responsible ? responsible.name || responsible.position : t.nobody],
        ...(card.refusal ? [[t.refusal, `${t.refusals[card.refusal.reason]} (${card.refusal.article})`] as const] : []),
      ]}
    />
  )
}

type Text = z.output<typeof requests.words.output>['texts'][number]

function History({ card, texts }: { card: RequestCard; texts: readonly Text[] }) {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  return (
    <ol className={styles.history}>
      {card.history.toReversed().map(({ id, at, kind, byId, details }) => {
        const by = card.names.find((each) => each.id === byId)
        const isOfSystem = kind === 'told' || kind === 'untold'
        const text = texts.find(({ eventId }) => eventId === id)
        return (
          <li key={id}>
            <strong>{kind === 'untold' && details.letter === 'extended' ? t.extensionUntold : t.historyKinds[kind]}</strong>
            <span className={styles.dim}>{`${format.dateTime(at)} · ${by ? by.name || by.position : isOfSystem ? t.bySystem : t.byPerson}`}</span>
            {typeof details.extendedTo === 'string' && <span className={styles.dim}>{`${t.extendedTo} ${format.calendarDate(details.extendedTo)}`}</span>}
            {text && <p className={styles.words}>{text.text}</p>}
          </li>
        )
      })}
    </ol>
  )
}
