import { Link } from '@tanstack/react-router'
import { received, type ReceivedTransfer, type SubjectNotice } from '../../../contract/dnm/received.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useAct } from '../data/act.ts'
import { usePages } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import lines from '../shared/lines.module.css'
import styles from './dnm.module.css'
import { Memberships } from './memberships.tsx'

/** At a dealer: what distributors handed over and until when they wait, what people said there since, and the networks the company is in. */
export function ReceivedPage() {
  const { dnm: t } = useWords()
  const { may } = useRights()
  const data = usePages<ReceivedTransfer, typeof received.list.input, typeof received.list.output>(received.list, {}, { live: ['lead'] })
  return (
    <Page title={t.received}>
      <div className={styles.beside}>
        <Section title={t.leads}>
          <p className={shapes.hint}>{t.receivedHint}</p>
          <div className={styles.list}>
            <DataTable
              label={t.leads}
              data={data}
              columns={useColumns()}
              rowKey={({ id }) => id}
              empty={{ title: t.noReceived, hint: t.noReceivedHint, icon: 'inbox' }}
              card={(row) => <Card row={row} />}
              rowTone={({ endedAt }) => (endedAt ? 'muted' : undefined)}
            />
          </div>
        </Section>
        <div className={lines.side}>
          <Notices />
          {may('tenant.read') && <Memberships />}
        </div>
      </div>
    </Page>
  )
}

function useColumns(): Column<ReceivedTransfer>[] {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'lead', title: t.leadNumber, width: 84, cell: (row) => <ToLead leadId={row.leadId} text={t.number(row.leadNumber)} /> },
    { key: 'number', title: t.theirNumber, width: 104, cell: ({ number }) => t.number(number) },
    { key: 'from', title: t.from, width: 140, grows: true, cell: ({ distributor }) => distributor },
    { key: 'take', title: t.takeBy, width: 124, cell: ({ takeDueAt }) => format.moment(takeDueAt) },
    { key: 'answer', title: t.answerBy, width: 124, cell: ({ firstContactDueAt }) => format.moment(firstContactDueAt) },
    { key: 'state', title: t.state, width: 160, cell: (row) => <StateOf row={row} /> },
  ]
}

function ToLead({ leadId, text }: { leadId: string; text: string }) {
  return (
    <Link to={paths.leads} search={{ view: 'all', lead: leadId }}>
      {text}
    </Link>
  )
}

function StateOf({ row: { endedBecause, dispute } }: { row: ReceivedTransfer }) {
  const { dnm: t } = useWords()
  return (
    <>
      {endedBecause && <Badge>{t.endedBecause[endedBecause]}</Badge>} {dispute && <Badge tone={dispute.state === 'open' ? 'warn' : 'neutral'}>{t.disputeNow[dispute.state]}</Badge>}
    </>
  )
}

function Card({ row }: { row: ReceivedTransfer }) {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>
        <ToLead leadId={row.leadId} text={t.number(row.leadNumber)} />
      </strong>
      <span>
        <StateOf row={row} />
      </span>
      <span className={shapes.hint}>{t.fromImporter(row.distributor, row.number)}</span>
      <span className={shapes.hint}>{t.answerUntil(format.moment(row.firstContactDueAt))}</span>
    </div>
  )
}

function Notices() {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  const data = usePages<SubjectNotice, typeof received.notices.input, typeof received.notices.output>(received.notices, {}, { live: ['lead'] })
  const see = useAct(received.seeNotice, { changes: ['lead'] })
  return (
    <Section title={t.notices}>
      <p className={shapes.hint}>{t.noticesHint}</p>
      {data.rows.length === 0 && <p className={shapes.hint}>{t.noNotices}</p>}
      <ul className={lines.lines}>
        {data.rows.map(({ id, number, what, at, seenAt, leadId }) => (
          <li key={id} className={lines.line} data-off={seenAt !== null}>
            <span />
            <span className={lines.what}>
              <strong>{t.number(number)}</strong>
              <span>{t.notice[what]}</span>
              <span className={shapes.hint}>
                {format.dateTime(at)} {leadId && <ToLead leadId={leadId} text={t.openLead} />}
              </span>
            </span>
            {seenAt === null && (
              <Button size="xs" onClick={() => see.fire({ noticeId: id })}>
                {t.seen}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
