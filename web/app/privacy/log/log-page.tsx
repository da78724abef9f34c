import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { log, type LogEntry } from '../../../../contract/audit/log.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { ChoiceField } from '../../../ui/fields.tsx'
import { fromWallTime } from '../../../ui/format.ts'
import { Page } from '../../../ui/page.tsx'
import { PurposeChip } from '../../../ui/badge.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { EntryDetails } from './entry-details.tsx'
import { EntryLine, useEntryColumns } from './entry-columns.tsx'
import { Heads } from './heads.tsx'
import { LogFilters } from './log-filters.tsx'
import styles from './log.module.css'
import type { LogSearch } from './routes.ts'
import { useActorNames } from './use-actors.ts'

const route = getRouteApi(`/staff${paths.log}`)
const DAY_MS = 86_400_000

/** The log of the company: what each member of staff did, who touched which person; and the heads under which it stands. */
export function LogPage() {
  const [{ privacy: t, people }, navigate] = [useWords(), useNavigate()]
  const search = route.useSearch()
  const { tab, ...filters } = search
  const show = (changed: LogSearch): void => void navigate({ to: paths.log, search: changed })
  const choice = (
    <ChoiceField
      label={t.tabsLabel}
      value={tab ?? 'events'}
      choices={[
        { value: 'events', label: t.tabs.events },
        { value: 'heads', label: t.tabs.heads },
      ]}
      onChange={(chosen) => show(chosen === 'heads' ? { tab: 'heads' } : filters)}
    />
  )
  return (
    <Page title={t.log} purpose={<PurposeChip purpose={people.purposes.rights} />} actions={choice} filters={tab ? undefined : <LogFilters search={filters} onChange={show} />}>
      <p className={styles.hint}>{tab ? t.headsHint : t.logHint}</p>
      {tab ? <Heads /> : <Events search={filters} show={show} />}
    </Page>
  )
}

function Events({ search, show }: { search: LogSearch; show: (search: LogSearch) => void }) {
  const [{ privacy: t }, { timeZone }, names] = [useWords(), useFormat(), useActorNames()]
  const { actor, person, event, colleagues, since, until } = search
  const from = since ? fromWallTime(`${since}T00:00`, timeZone) : null
  const lastDay = until ? fromWallTime(`${until}T00:00`, timeZone) : null
  const asked = {
    ...(actor ? { actorId: actor } : {}),
    ...(person ? { personId: person } : {}),
    ...(event ? { event } : colleagues ? {} : { without: 'staff.named' as const }),
    ...(from ? { since: from } : {}),
    ...(lastDay ? { until: new Date(new Date(lastDay).getTime() + DAY_MS).toISOString() } : {}),
  }
  const data = usePages<LogEntry, typeof log.list.input, typeof log.list.output>(log.list, asked)
  const [open, setOpen] = useState<LogEntry | null>(null)
  const onlyAbout = (personId: string): void => {
    setOpen(null)
    show({ person: personId })
  }
  return (
    <>
      <DataTable
        label={t.log}
        data={data}
        columns={useEntryColumns(names)}
        rowKey={({ id }) => id}
        empty={{ title: t.empty, hint: t.emptyHint, icon: 'log' }}
        onOpen={setOpen}
        onPeek={setOpen}
        card={(row) => <EntryLine entry={row} names={names} />}
        rowTone={({ event: said }) => (said === 'canary.revealed' || said === 'act.refused' ? 'late' : undefined)}
      />
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={t.entry}>
        {open && <EntryDetails entry={open} names={names} onPerson={onlyAbout} key={open.id} />}
      </Drawer>
    </>
  )
}
