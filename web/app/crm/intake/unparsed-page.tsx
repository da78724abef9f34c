import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { intake, type MessageRow, type MessageView, messageViews } from '../../../../contract/crm/intake.ts'
import { Count, PurposeChip } from '../../../ui/badge.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Page, Tabs } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useAsk, usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import shapes from '../../shared.module.css'
import styles from './intake.module.css'
import { MessageDrawer } from './message-drawer.tsx'
import { Status, useProblemWords } from './message-words.tsx'
import type { UnparsedSearch } from './unparsed-search.ts'

const route = getRouteApi(`/staff${paths.unparsed}`)

/** What no door could read, waiting for a person. Content is sealed: the list shows codes and times only. */
export function UnparsedPage() {
  const [{ intake: t, people }, navigate, search] = [useWords(), useNavigate(), route.useSearch()]
  const { view = 'unparsed', message } = search
  const go = (change: UnparsedSearch): void => void navigate({ to: paths.unparsed, search: { ...search, ...change }, replace: 'message' in change })
  const { data } = useAsk(intake.count, {}, { live: ['message'] })
  const list = <List view={view} onOpen={(id) => go({ message: id })} />
  return (
    <Page title={t.unparsed} purpose={<PurposeChip purpose={people.purposes.request_handling} />}>
      <Tabs
        label={t.unparsed}
        active={view}
        onChange={(chosen) => go({ view: chosen, message: undefined })}
        tabs={messageViews.map((key) => ({
          key,
          title: t.views[key],
          content: list,
          ...(key === 'unparsed' ? { after: <Count value={data?.unparsed ?? 0} label={t.views.unparsed} /> } : {}),
        }))}
      />
      <MessageDrawer messageId={message ?? null} view={view} onClose={() => go({ message: undefined })} />
    </Page>
  )
}

function List({ view, onOpen }: { view: MessageView; onOpen: (messageId: string) => void }) {
  const [{ intake: t }, format, problemOf] = [useWords(), useFormat(), useProblemWords()]
  const data = usePages<MessageRow, typeof intake.list.input, typeof intake.list.output>(intake.list, { view }, { live: ['message'] })
  const columns: Column<MessageRow>[] = [
    { key: 'received', title: t.received, width: 130, cell: ({ receivedAt }) => format.moment(receivedAt) },
    { key: 'source', title: t.source, width: 180, cell: ({ source }) => source },
    { key: 'format', title: t.format, width: 90, cell: (row) => t.formats[row.format] },
    { key: 'problem', title: t.problem, width: 280, grows: true, cell: problemOf },
    { key: 'status', title: t.status, width: 190, cell: (row) => <Status row={row} /> },
  ]
  return (
    <div className={styles.table}>
      <DataTable
        label={t.views[view]}
        data={data}
        columns={columns}
        rowKey={({ id }) => id}
        empty={view === 'unparsed' ? { title: t.noMessages, hint: t.noMessagesHint, icon: 'check' } : { title: t.noOthers, icon: 'mail' }}
        onOpen={({ id }) => onOpen(id)}
        card={(row) => (
          <div className={shapes.message}>
            <strong>{row.source}</strong>
            <span className={styles.dim}>{format.moment(row.receivedAt)}</span>
            <span className={styles.dim}>{problemOf(row) || t.formats[row.format]}</span>
            <Status row={row} />
          </div>
        )}
      />
    </div>
  )
}
