import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { countedViews, type LeadRow, leads, type LeadView, leadViews } from '../../../../contract/crm/lead.ts'
import { Count, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { useIsPhone } from '../../../ui/media.ts'
import { Page, Tabs } from '../../../ui/page.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAsk, usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights, useSession } from '../../session/session.tsx'
import { AssignDialog } from './assign-dialog.tsx'
import { useFresh } from './fresh.ts'
import { useLeadActs } from './lead-acts.ts'
import { LeadCardOnPhone, useLeadColumns } from './lead-columns.tsx'
import { LeadDrawer } from './lead-drawer.tsx'
import styles from './leads.module.css'
import { NewLead } from './new-lead.tsx'
import { TrayFilters } from './tray-filters.tsx'
import type { TraySearch } from './tray-search.ts'

const route = getRouteApi(`/staff${paths.leads}`)

/** Where requests arrive by themselves: the newest first, what burns in a tab of its own, and everything one key away. */
export function Tray() {
  const [{ leads: t }, { why }, navigate, search] = [useWords(), useRights(), useNavigate(), route.useSearch()]
  const { view = 'open', lead: openId, ...rest } = search
  const go = (change: Partial<TraySearch>): void => void navigate({ to: paths.leads, search: { ...search, ...change }, replace: 'lead' in change })
  const [isPhone, [isCreating, setCreating]] = [useIsPhone(), useState(false)]
  const [assigning, setAssigning] = useState<{ rows: readonly LeadRow[]; clear: () => void } | null>(null)
  const { data: numbers } = useAsk(leads.counts, {}, { live: ['lead'], everyMs: 60_000 })
  const cannot = why(leads.create)
  useShortcut('KeyC', cannot ? null : { label: t.create, run: () => setCreating(true) })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  )
  const count = (key: LeadView): number => (numbers && isCounted(key) ? numbers.counts[key] : 0)
  const list = <List search={rest} view={view} create={create} onOpen={(id) => go({ lead: id })} onAssign={(rows, clear) => setAssigning({ rows, clear })} />
  return (
    <Page
      title={t.tray}
      purpose={<PurposeChip purpose={t.purpose} />}
      actions={create}
      filters={<TrayFilters search={rest} onChange={go} view={isPhone ? <ViewField view={view} count={count} onChange={(chosen) => go({ view: chosen })} /> : null} />}
    >
      {isPhone ? (
        list
      ) : (
        <Tabs
          label={t.tray}
          active={view}
          onChange={(chosen) => go({ view: chosen })}
          tabs={leadViews.map((key) => ({
            key,
            title: t.views[key],
            content: list,
            after: <Count value={count(key)} label={t.views[key]} isAtLeast={numbers?.isCut && (key === 'burning' || key === 'unanswered')} />,
          }))}
        />
      )}
      <LeadDrawer leadId={openId ?? null} onClose={() => go({ lead: undefined })} onAssign={(lead) => setAssigning({ rows: [lead], clear: () => undefined })} />
      <AssignDialog
        rows={assigning?.rows ?? null}
        onClose={() => setAssigning(null)}
        onDone={() => {
          assigning?.clear()
          setAssigning(null)
        }}
      />
      <NewLead isOpen={isCreating} onClose={() => setCreating(false)} onCreated={(id) => go({ lead: id })} />
    </Page>
  )
}

/** Eight tabs do not fit on a phone. */
function ViewField({ view, count, onChange }: { view: LeadView; count: (view: LeadView) => number; onChange: (view: LeadView) => void }) {
  const { leads: t } = useWords()
  const choices = leadViews.map((key) => ({ value: key, label: count(key) > 0 ? `${t.views[key]} (${count(key)})` : t.views[key] }))
  return <SelectField label={t.tray} choices={choices} value={view} onChange={(chosen) => chosen && onChange(chosen)} />
}

const isCounted = (view: LeadView): view is (typeof countedViews)[number] => (countedViews as readonly LeadView[]).includes(view)

type ListProps = {
  search: Omit<TraySearch, 'view' | 'lead'>
  view: LeadView
  create: ReactNode
  onOpen: (leadId: string) => void
  onAssign: (rows: readonly LeadRow[], clear: () => void) => void
}

function List({ search, view, create, onOpen, onAssign }: ListProps) {
  const [{ leads: t }, acts, { chosenOutlet }] = [useWords(), useLeadActs(), useSession()]
  const query = { ...search, view, outletId: search.outletId ?? chosenOutlet?.id }
  const data = usePages<LeadRow, typeof leads.list.input, typeof leads.list.output>(leads.list, query, { live: ['lead'], everyMs: 60_000 })
  const fresh = useFresh(data.rows, JSON.stringify(query))
  const take = (lead: LeadRow): void => (acts.why.take(lead) === null ? acts.take(lead) : onOpen(lead.id))
  const assign = (lead: LeadRow): void => (acts.why.assign(lead) === null ? onAssign([lead], () => undefined) : onOpen(lead.id))
  return (
    <div className={styles.table}>
      <p role="status" className="it-hidden">
        {fresh.size > 0 ? t.newArrived(fresh.size) : ''}
      </p>
      <DataTable
        autoFocus
        label={t.views[view]}
        data={data}
        columns={useLeadColumns(acts)}
        rowKey={({ id }) => id}
        empty={
          view === 'burning' || view === 'unanswered'
            ? { title: t.empty.burning, icon: 'check' }
            : view === 'open'
              ? { title: t.empty.title, hint: t.empty.open, action: create }
              : { title: t.empty.other }
        }
        onOpen={({ id }) => onOpen(id)}
        keys={{ KeyT: take, KeyA: assign }}
        bulk={(rows, clear) => (
          <Button
            size="xs"
            icon="route"
            disabledReason={rows.length > 100 ? t.reasons.tooMany : rows[0] ? acts.why.assign(rows.find(({ status }) => status !== 'closed') ?? rows[0]) : null}
            onClick={() => onAssign(rows, clear)}
          >
            {t.assign}
          </Button>
        )}
        cardHeight={100}
        card={(lead) => <LeadCardOnPhone lead={lead} acts={acts} />}
        rowTone={(lead) =>
          fresh.has(lead.id)
            ? 'fresh'
            : lead.status === 'closed'
              ? 'muted'
              : lead.clocks.firstContact.state === 'overdue' || lead.clocks.take.state === 'overdue'
                ? 'late'
                : undefined
        }
      />
    </div>
  )
}
