import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { BOARD_DAYS, type DealRow, type DealStage, deals, isOpenStage } from '../../../../contract/crm/deal.ts'
import { PurposeChip } from '../../../ui/badge.tsx'
import { Board } from '../../../ui/board.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { ChoiceField, SelectField } from '../../../ui/fields.tsx'
import { useIsPhone } from '../../../ui/media.ts'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useStaffNames } from '../../people/card/staff-names.ts'
import { useRights, useSession } from '../../session/session.tsx'
import { DealView } from './deal-view.tsx'
import styles from './deals.module.css'
import { type Name, useDealNames } from './names.ts'
import { OpenDeal } from './open-deal.tsx'
import type { BoardColumn } from './board-data.ts'
import { useBoard } from './use-board.ts'
import { useMove } from './use-move.tsx'

const route = getRouteApi(`/staff${paths.deals}`)

/** The board of working lists: by mouse and keyboard, on a phone one column at a time. */
export function BoardPage() {
  const [{ deals: t }, { why, may }, { chosenOutlet }, navigate] = [useWords(), useRights(), useSession(), useNavigate()]
  const { mine, deal } = route.useSearch()
  const board = useBoard({ mine: String(mine ?? false), ...(chosenOutlet ? { outletId: chosenOutlet.id } : {}) })
  const [isOpening, setOpening] = useState(false)
  const cannot = why(deals.open)
  useShortcut('KeyC', cannot ? null : { label: t.open, run: () => setOpening(true) })
  const go = (search: { mine?: true; deal?: string }): void => void navigate({ to: paths.deals, search })
  const kept = mine ? { mine } : {}
  const open = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setOpening(true)}>
      {t.open}
    </Button>
  )
  const whose = may('deal.read_all') && (
    <ChoiceField
      label={t.whose}
      value={mine ? 'mine' : 'all'}
      choices={[
        { value: 'all', label: t.all },
        { value: 'mine', label: t.mine },
      ]}
      onChange={(chosen) => go(chosen === 'mine' ? { mine: true } : {})}
    />
  )
  const filters = (
    <>
      {whose}
      <span className={styles.dim}>{t.closedFor(BOARD_DAYS)}</span>
    </>
  )
  return (
    <Page title={t.title} purpose={<PurposeChip purpose={t.purpose} />} actions={open} filters={filters}>
      <Lanes board={board} empty={open} onOpen={(id) => go({ ...kept, deal: id })} />
      <OpenDeal isOpen={isOpening} onClose={() => setOpening(false)} onOpened={(id) => (setOpening(false), go({ ...kept, deal: id }))} />
      <Drawer isOpen={deal !== undefined} onClose={() => go(kept)} title={t.one} size="xl">
        {deal && <DealView dealId={deal} isPeek />}
      </Drawer>
    </Page>
  )
}

type LanesProps = { board: ReturnType<typeof useBoard>; empty: React.ReactNode; onOpen: (dealId: string) => void }

function Lanes({ board, empty, onOpen }: LanesProps) {
  const [{ deals: t }, format, isPhone] = [useWords(), useFormat(), useIsPhone()]
  const [chosen, setStage] = useState<DealStage | null>(null)
  const { move, refusal, dialogs } = useMove()
  const { columns, trouble } = board
  // A phone shows one column: until one is chosen, the first that holds anything.
  const stage = chosen ?? columns?.find(({ count }) => count > 0)?.stage ?? 'contact'
  const shown = (columns ?? []).filter((column) => !isPhone || column.stage === stage)
  const nameOf = useDealNames(shown.flatMap(({ rows }) => rows.flatMap(({ id, personId }) => (personId ? [id] : []))))
  if (trouble && !columns) return <ErrorState {...trouble} />
  if (!columns) return <Skeletons lines={10} height={40} />
  if (columns.every(({ count }) => count === 0)) return <EmptyState title={t.none} hint={t.noneHint} icon="deals" action={empty} />
  const foot = (column: BoardColumn) =>
    column.nextCursor && (
      <div className={styles.foot}>
        <Button size="xs" kind="quiet" busy={board.isLoadingMore} onClick={() => board.showMore(column.stage)}>
          {t.more(column.count - column.rows.length)}
        </Button>
      </div>
    )
  const lanes = shown.map((column) => ({
    key: column.stage,
    title: t.stages[column.stage],
    cards: column.rows,
    total: column.count,
    foot: foot(column),
    ...(column.sumKopecks > 0 ? { sum: format.money(column.sumKopecks) } : {}),
  }))
  const titleOf = (deal: DealRow): string => nameOf(deal.id)?.name ?? (deal.personId === null ? t.noPerson : t.number(deal.number))
  return (
    <>
      {isPhone && (
        <SelectField
          label={t.stage}
          value={stage}
          onChange={setStage}
          choices={columns.map((column) => ({ value: column.stage, label: `${t.stages[column.stage]} · ${column.count}` }))}
        />
      )}
      <div className={styles.board}>
        <Board
          label={t.board}
          lanes={lanes}
          cardKey={({ id }) => id}
          cardName={(deal) => [titleOf(deal), deal.model, t.stages[deal.stage]].filter(Boolean).join(', ')}
          card={(deal) => <Card deal={deal} name={nameOf(deal.id)} />}
          onOpen={({ id }) => onOpen(id)}
          onMove={(deal, to) => move({ ...deal, masked: nameOf(deal.id) ?? null }, to as DealStage)}
          refusal={(deal, to) => refusal(deal, to as DealStage)}
        />
      </div>
      {dialogs}
    </>
  )
}

/** Who wants what for how much, and what is next: late is red, nothing planned is said. */
function Card({ deal, name }: { deal: DealRow; name: Name | undefined }) {
  const [{ deals: t }, format, { employeeId }, staffName] = [useWords(), useFormat(), useSession(), useStaffNames()]
  const now = new Date(useNow())
  const isLate = deal.nextTaskAt !== null && new Date(deal.nextTaskAt) < now
  const step = deal.nextTaskAt ? t.nextAt(format.moment(deal.nextTaskAt, now)) : t.noNext
  const who = deal.personId === null ? t.noPerson : name === undefined ? '···' : (name?.name ?? t.hidden)
  return (
    <div className={styles.card}>
      <span className={styles.name}>{who}</span>
      <div className={styles.top}>
        <span className={styles.dim}>{deal.model ?? t.noModel}</span>
        {deal.amountKopecks !== null && <span className={styles.amount}>{format.money(deal.amountKopecks)}</span>}
      </div>
      <div className={styles.top}>
        <span className={`${styles.dim} ${styles.short}`}>
          {deal.lostReason ? (
            t.reasons[deal.lostReason]
          ) : isOpenStage(deal.stage) ? (
            <span className={isLate ? styles.late : undefined}>{step}</span>
          ) : (
            format.moment(deal.stageSince, now)
          )}
        </span>
        {deal.responsibleId !== employeeId && <span className={`${styles.dim} ${styles.short}`}>{staffName(deal.responsibleId)?.split(' ')[0] ?? t.colleague}</span>}
      </div>
    </div>
  )
}
