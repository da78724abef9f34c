import type { z } from 'zod'
import { siteContent } from '../../../contract/site/content.ts'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import styles from './site.module.css'

type Day = z.output<typeof siteContent.visits.output>['days'][number]

/** How many pages were seen and how many requests came, by day. */
export function Visits() {
  const { siteContent: t } = useWords()
  const { data, isLoading, trouble } = useAsk(siteContent.visits, { days: 30 })
  const rows = (data?.days ?? []).filter(({ views, requests }) => views + requests > 0)
  const sum = (of: 'views' | 'requests'): number => rows.reduce((total, row) => total + row[of], 0)
  return (
    <Section title={t.visits}>
      <p>{t.visitsHint}</p>
      {rows.length > 0 && <p>{t.summary(sum('views'), sum('requests'))}</p>}
      <div className={styles.table}>
        <DataTable
          label={t.visits}
          data={{ rows, isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
          columns={useColumns()}
          rowKey={({ day }) => day}
          empty={{ title: t.noVisits, icon: 'pulse' }}
          card={(row) => <Line day={row} />}
        />
      </div>
    </Section>
  )
}

function useColumns(): Column<Day>[] {
  const [{ siteContent: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'day', title: t.day, width: 160, grows: true, cell: ({ day }) => format.date(`${day}T12:00:00Z`) },
    { key: 'views', title: t.views, width: 110, align: 'end', cell: ({ views }) => format.number(views) },
    { key: 'visitors', title: t.visitors, width: 120, align: 'end', cell: ({ visitors }) => format.number(visitors) },
    { key: 'requests', title: t.requests, width: 110, align: 'end', cell: ({ requests }) => format.number(requests) },
  ]
}

function Line({ day: { day, views, requests } }: { day: Day }) {
  const [{ siteContent: t }, format] = [useWords(), useFormat()]
  return (
    <div>
      <strong>{format.date(`${day}T12:00:00Z`)}</strong>
      <div>{t.summary(views, requests)}</div>
    </div>
  )
}
