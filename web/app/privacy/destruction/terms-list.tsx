import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { deadlines, type BlockRow, type UntoldRow } from '../../../../contract/privacy/term.ts'
import { Badge, type Tone } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { Section } from '../../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import shapes from '../../shared.module.css'
import styles from '../requests/requests.module.css'

/** What the law wants by a day and is no request, the nearest first. */
export function TermsList({ onAct }: { onAct: (actId: string) => void }) {
  const { destruction: t } = useWords()
  const { data, trouble } = useAsk(deadlines.list, {}, { live: ['person', 'request'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={6} />
  return (
    <Stack gap="md">
      <Section title={t.blocks}>
        {data.blocks.length === 0 && <span className={styles.dim}>{t.noBlocks}</span>}
        <ul className={styles.terms}>
          {data.blocks.map((row) => (
            <Block key={row.personId} row={row} />
          ))}
        </ul>
      </Section>
      <Section title={t.untold}>
        {data.untold.length === 0 && <span className={styles.dim}>{t.noUntold}</span>}
        <ul className={styles.terms}>
          {data.untold.map((row) => (
            <Untold key={row.id} row={row} onAct={onAct} />
          ))}
        </ul>
      </Section>
    </Stack>
  )
}

const SOON_DAYS = 3

function Block({ row }: { row: z.output<typeof BlockRow> }) {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  const tones: Record<typeof row.stage, Tone> = { running: 'good', near: 'warn', urgent: 'bad', late: 'bad' }
  return (
    <li className={styles.term}>
      <div className={shapes.line}>
        <Link className={styles.link} to={paths.person} params={{ personId: row.personId }}>
          {row.masked?.name ?? '···'}
        </Link>
        <Left daysLeft={row.daysLeft} tone={tones[row.stage]} />
      </div>
      <span>{`${t.blockedSince(format.calendarDate(row.startedOn), format.calendarDate(row.endsOn))} (${row.article})`}</span>
      <span className={styles.dim}>{row.isOver ? t.mustGo : t.held}</span>
    </li>
  )
}

function Untold({ row, onAct }: { row: z.output<typeof UntoldRow>; onAct: (actId: string) => void }) {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  return (
    <li className={styles.term}>
      <div className={shapes.line}>
        <strong>{row.number === null ? row.recipient : `${row.recipient}, ${t.lead(row.number)}`}</strong>
        <Left daysLeft={row.daysLeft} tone={row.daysLeft < 0 ? 'bad' : row.daysLeft <= SOON_DAYS ? 'warn' : 'good'} />
      </div>
      <span>{`${t.waitsSince(format.calendarDate(row.startedOn))} (${row.article})`}</span>
      <div className={styles.acts}>
        <Button icon="file" onClick={() => onAct(row.actId)}>
          {t.openAct(row.actNumber)}
        </Button>
      </div>
    </li>
  )
}

function Left({ daysLeft, tone }: { daysLeft: number; tone: Tone }) {
  const { requests: t } = useWords()
  return <Badge tone={tone}>{daysLeft < 0 ? t.daysLate(-daysLeft) : t.daysLeft(daysLeft)}</Badge>
}
