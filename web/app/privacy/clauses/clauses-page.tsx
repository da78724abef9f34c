import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { clauses, clauseStates, type ClauseRow } from '../../../../contract/privacy/clause.ts'
import { Badge } from '../../../ui/badge.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useAsk } from '../../data/ask.ts'
import { useLanguage, useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import shapes from '../../shared.module.css'
import { ClauseDetails } from './clause-details.tsx'
import { ClauseFilters } from './clause-filters.tsx'
import styles from './clauses.module.css'
import type { ClauseSearch } from './routes.ts'
import { StateBadge, stateTones } from './state-badge.tsx'

const route = getRouteApi(`/staff${paths.clauses}`)

/** Every promise of the policy with its state; one opens with what holds it, what proves it and what the database shows now. */
export function ClausesPage() {
  const [{ policy: t }, navigate] = [useWords(), useNavigate()]
  const { open, ...filter } = route.useSearch()
  const { data, isLoading, trouble } = useAsk(clauses.list, filter)
  const show = (changed: ClauseSearch): void => void navigate({ to: paths.clauses, search: changed })
  return (
    <Page title={t.clauses} filters={<ClauseFilters search={filter} onChange={show} />}>
      <p className={styles.hint}>{t.clausesHint}</p>
      {data && <Counts counts={data.counts} />}
      <div className={shapes.fills}>
        <DataTable
          label={t.clauses}
          data={{ rows: data?.rows ?? [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={{ title: t.noClauses, hint: t.noClausesHint, icon: 'search' }}
          onOpen={({ id }) => show({ ...filter, open: id })}
          onPeek={({ id }) => show({ ...filter, open: id })}
          card={(row) => <Line row={row} />}
          cardHeight={92}
        />
      </div>
      <Drawer isOpen={open !== undefined} onClose={() => show(filter)} title={`${t.clause} ${open ?? ''}`}>
        {open && <ClauseDetails id={open} key={open} />}
      </Drawer>
    </Page>
  )
}

function Counts({ counts }: { counts: Readonly<Record<string, number>> }) {
  const [{ policy: t }, format] = [useWords(), useFormat()]
  return (
    <ul className={styles.counts}>
      {clauseStates.map((state) => (
        <li key={state}>
          <Badge tone={stateTones[state]}>{`${t.states[state]}: ${format.number(counts[state] ?? 0)}`}</Badge>
        </li>
      ))}
    </ul>
  )
}

function useColumns(): Column<ClauseRow>[] {
  const [{ policy: t }, { locale }, format] = [useWords(), useLanguage(), useFormat()]
  return [
    { key: 'id', title: t.clause, width: 90, cell: ({ id }) => id },
    { key: 'state', title: t.state, width: 130, cell: ({ state }) => <StateBadge state={state} /> },
    { key: 'sentence', title: t.sentence, width: 440, grows: true, cell: ({ sentence }) => sentence[locale] },
    { key: 'control', title: t.control, width: 290, cell: ({ control }) => <span className={styles.mono}>{control ?? '—'}</span> },
    { key: 'tests', title: t.testsTitle, width: 80, align: 'end', cell: ({ tests }) => format.number(tests.length) },
  ]
}

function Line({ row: { id, state, sentence } }: { row: ClauseRow }) {
  const { locale } = useLanguage()
  return (
    <div className={shapes.phoneCard}>
      <strong>{id}</strong>
      <StateBadge state={state} />
      <span className={styles.sentence}>{sentence[locale]}</span>
    </div>
  )
}
