import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { interests } from '../../../contract/crm/lead.ts'
import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { type NetworkLead, networkLeads, type NetworkView, networkViews } from '../../../contract/dnm/network-lead.ts'
import { Badge, Count } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { useIsPhone } from '../../ui/media.ts'
import { Page, Tabs } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useAsk, usePages } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'
import { isLate, NetworkCard, useNetworkColumns } from './network-columns.tsx'
import { NetworkLeadDrawer } from './network-lead-drawer.tsx'
import type { NetworkSearch } from './network-search.ts'

const route = getRouteApi(`/staff${paths.networkLeads}`)
type Filters = Omit<NetworkSearch, 'view' | 'lead'>
const none: Filters = { dealerId: undefined, interest: undefined, reached: undefined, clock: undefined, since: undefined, until: undefined }

/** The tray of the lead desk: every request of the network by number, with its clocks in the dealer's hours. */
export function NetworkLeadsPage() {
  const [{ dnm: t }, navigate, search, isPhone] = [useWords(), useNavigate(), route.useSearch(), useIsPhone()]
  const { view = 'open', lead: openId, ...rest } = search
  const go = (change: Partial<NetworkSearch>): void => void navigate({ to: paths.networkLeads, search: { ...search, ...change }, replace: 'lead' in change })
  const { data: numbers } = useAsk(networkLeads.counts, {}, { live: ['network_lead'], everyMs: 60_000 })
  const count = (key: NetworkView): number => (key === 'closed' || key === 'all' ? 0 : (numbers?.counts[key] ?? 0))
  const list = <List view={view} filters={rest} onOpen={(id) => go({ lead: id })} />
  const choices = networkViews.map((key) => ({ value: key, label: count(key) > 0 ? `${t.views[key]} (${count(key)})` : t.views[key] }))
  const chooser = isPhone ? <SelectField label={t.leads} choices={choices} value={view} onChange={(chosen) => chosen && go({ view: chosen })} /> : null
  return (
    <Page
      title={t.leads}
      filters={
        <div className={styles.filters}>
          {chooser}
          <FiltersOf filters={rest} onChange={go} />
        </div>
      }
    >
      <p className={shapes.hint}>{t.noPeople}</p>
      {isPhone ? (
        list
      ) : (
        <Tabs
          label={t.leads}
          active={view}
          onChange={(chosen) => go({ view: chosen })}
          tabs={networkViews.map((key) => ({ key, title: t.views[key], content: list, after: <Count value={count(key)} label={t.views[key]} /> }))}
        />
      )}
      <NetworkLeadDrawer leadId={openId ?? null} onClose={() => go({ lead: undefined })} />
    </Page>
  )
}

function FiltersOf({ filters, onChange }: { filters: Filters; onChange: (change: Filters) => void }) {
  const [{ dnm: t, leads }, format] = [useWords(), useFormat()]
  const { data } = useAsk(networkDealers.list, {}, { staleMs: 60_000 })
  const { reached, clock, since, until } = filters
  // The end is not included: the last day meant is the one before it.
  const said = [reached && t.steps[reached], clock && t.clockStates[clock], since && until && t.period(format.date(since), format.date(new Date(Date.parse(until) - 1)))].flatMap(
    (word) => word || [],
  )
  return (
    <>
      <SelectField
        label={t.dealer}
        clearable
        placeholder={t.filterAll}
        choices={(data?.dealers ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.dealerId ?? null}
        onChange={(dealerId) => onChange({ dealerId: dealerId ?? undefined })}
      />
      <SelectField
        label={t.interest}
        clearable
        placeholder={t.filterAll}
        choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
        value={filters.interest ?? null}
        onChange={(interest) => onChange({ interest: interest ?? undefined })}
      />
      {said.map((word) => (
        <Badge key={word} tone="info">
          {word}
        </Badge>
      ))}
      {Object.values(filters).some((part) => part !== undefined) && (
        <Button size="xs" kind="quiet" icon="close" onClick={() => onChange(none)}>
          {t.clearFilters}
        </Button>
      )}
    </>
  )
}

function List({ view, filters, onOpen }: { view: NetworkView; filters: Filters; onOpen: (id: string) => void }) {
  const { dnm: t } = useWords()
  const data = usePages<NetworkLead, typeof networkLeads.list.input, typeof networkLeads.list.output>(
    networkLeads.list,
    { ...filters, view },
    { live: ['network_lead'], everyMs: 60_000 },
  )
  const empty =
    view === 'burning'
      ? ({ title: t.empty.burning, icon: 'check' } as const)
      : view === 'unrouted'
        ? ({ title: t.empty.unrouted, icon: 'check' } as const)
        : view === 'open'
          ? { title: t.empty.title, hint: t.empty.open }
          : { title: t.empty.other }
  return (
    <div className={styles.list}>
      <DataTable
        autoFocus
        label={t.views[view]}
        data={data}
        columns={useNetworkColumns()}
        rowKey={({ id }) => id}
        empty={empty}
        onOpen={({ id }) => onOpen(id)}
        cardHeight={100}
        card={(lead) => <NetworkCard lead={lead} />}
        rowTone={(lead) => (lead.state === 'closed' ? 'muted' : isLate(lead) ? 'late' : undefined)}
      />
    </div>
  )
}
