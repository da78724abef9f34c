import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { requestKinds, requests, requestViews, type RequestRow } from '../../../../contract/privacy/request.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { ChoiceField, SelectField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk, usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import { DueBadge, StateBadge } from './due-badge.tsx'
import { FileRequest } from './file-request.tsx'
import styles from './requests.module.css'
import type { RequestSearch } from './routes.ts'

const route = getRouteApi(`/staff${paths.requests}`)

/** The officer's desk: who asked for what about their data, and until when it is answered. */
export function RequestsPage() {
  const [{ requests: t, people }, navigate, { why }] = [useWords(), useNavigate(), useRights()]
  const search = route.useSearch()
  const [isFiling, setFiling] = useState(false)
  const cannotFile = why(requests.file)
  useShortcut('KeyC', cannotFile ? null : { label: t.file, run: () => setFiling(true) })
  const open = (requestId: string): void => void navigate({ to: paths.request, params: { requestId } })
  return (
    <Page
      title={t.title}
      purpose={<PurposeChip purpose={people.purposes.rights} />}
      actions={
        <Button kind="primary" icon="plus" keycap="C" disabledReason={cannotFile} onClick={() => setFiling(true)}>
          {t.file}
        </Button>
      }
      filters={<Filters search={search} onChange={(changed) => void navigate({ to: paths.requests, search: changed })} />}
    >
      <p className={styles.hint}>{t.hint}</p>
      <List search={search} onOpen={open} />
      <FileRequest isOpen={isFiling} onClose={() => setFiling(false)} onFiled={open} />
    </Page>
  )
}

function Filters({ search, onChange }: { search: RequestSearch; onChange: (search: RequestSearch) => void }) {
  const { requests: t } = useWords()
  const { data: counts } = useAsk(requests.counts, {}, { live: ['request'] })
  const { view = 'open', kind } = search
  return (
    <div className={styles.filters}>
      <ChoiceField
        label={t.viewsLabel}
        value={view}
        choices={requestViews.map((value) => ({ value, label: counts?.[value] ? `${t.views[value]} · ${counts[value]}` : t.views[value] }))}
        onChange={(chosen) => onChange({ ...(chosen === 'open' ? {} : { view: chosen }), ...(kind ? { kind } : {}) })}
      />
      <SelectField
        label={t.kind}
        clearable
        placeholder={t.anyKind}
        value={kind ?? null}
        choices={requestKinds.map((value) => ({ value, label: t.kinds[value] }))}
        onChange={(chosen) => onChange({ ...(view === 'open' ? {} : { view }), ...(chosen ? { kind: chosen } : {}) })}
      />
    </div>
  )
}

function List({ search: { view = 'open', kind }, onOpen }: { search: RequestSearch; onOpen: (id: string) => void }) {
  const { requests: t } = useWords()
  const data = usePages<RequestRow, typeof requests.list.input, typeof requests.list.output>(requests.list, { view, ...(kind ? { kind } : {}) }, { live: ['request', 'person'] })
  return (
    <DataTable
      label={t.title}
      data={data}
      columns={useColumns()}
      rowKey={({ id }) => id}
      empty={{ title: t.empty, hint: t.emptyHint, icon: 'shield' }}
      onOpen={({ id }) => onOpen(id)}
      rowTone={(row) => (row.state !== 'new' && row.state !== 'in_work' ? 'muted' : row.due.daysLeft < 0 ? 'late' : undefined)}
      card={(row) => <Line row={row} />}
      autoFocus
    />
  )
}

function useColumns(): Column<RequestRow>[] {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'number', title: t.number, width: 60, align: 'end', cell: ({ number }) => number },
    { key: 'due', title: t.due, width: 170, cell: (row) => <DueBadge row={row} /> },
    { key: 'on', title: t.doBy, width: 130, cell: ({ due }) => format.calendarDate(due.dueOn) },
    { key: 'kind', title: t.kind, width: 220, grows: true, cell: (row) => t.kinds[row.kind] },
    { key: 'person', title: t.person, width: 200, cell: (row) => <Who row={row} /> },
    { key: 'channel', title: t.channel, width: 160, cell: ({ channel }) => t.channels[channel] },
    { key: 'received', title: t.receivedOn, width: 110, cell: ({ receivedOn }) => format.calendarDate(receivedOn) },
    { key: 'state', title: t.state, width: 110, cell: ({ state }) => <StateBadge state={state} /> },
  ]
}

function Who({ row }: { row: RequestRow }) {
  const { requests: t } = useWords()
  if (!row.masked) return <span className={styles.dim}>{t.destroyed}</span>
  return (
    <span className={styles.states}>
      {row.masked.name}
      {row.isRepeat && <Badge tone="warn">{t.repeat}</Badge>}
      {row.isRestricted && <Badge tone="bad">{t.restricted}</Badge>}
    </span>
  )
}

function Line({ row }: { row: RequestRow }) {
  const { requests: t } = useWords()
  return (
    <div className={shapes.phoneCard}>
      <strong>{`№ ${row.number} · ${t.kinds[row.kind]}`}</strong>
      <DueBadge row={row} />
      <Who row={row} />
    </div>
  )
}
