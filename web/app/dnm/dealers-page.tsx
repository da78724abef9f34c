import { useState } from 'react'
import { type NetworkDealer, networkDealers } from '../../../contract/dnm/dealer.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Drawer } from '../../ui/dialog.tsx'
import { Page } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import { DealerDetails } from './dealer-details.tsx'
import { DealerForm } from './dealer-form.tsx'

/** Who is in the network, how requests reach them, and what they have in hand. */
export function DealersPage() {
  const [{ dnm: t }, { why }] = [useWords(), useRights()]
  const { data, isLoading, trouble } = useAsk(networkDealers.list, {}, { live: ['network_lead'], everyMs: 60_000 })
  const [openId, setOpenId] = useState<string | null>(null)
  const cannot = why(networkDealers.create)
  useShortcut('KeyC', cannot ? null : { label: t.newDealer, run: () => setOpenId('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setOpenId('new')}>
      {t.newDealer}
    </Button>
  )
  const open = data?.dealers.find(({ id }) => id === openId)
  return (
    <Page title={t.dealers} actions={create}>
      <div className={shapes.fills}>
        <DataTable
          label={t.dealers}
          data={{ rows: data?.dealers ?? [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={{ title: t.noDealers, hint: t.noDealersHint, icon: 'network', action: create }}
          onOpen={({ id }) => setOpenId(id)}
          card={(dealer) => <Card dealer={dealer} />}
          rowTone={({ isActive, isReady }) => (isActive ? (isReady ? undefined : 'late') : 'muted')}
        />
      </div>
      <Drawer isOpen={openId !== null} onClose={() => setOpenId(null)} title={open?.name ?? t.newDealer}>
        {openId === 'new' ? <DealerForm dealer={null} onDone={() => setOpenId(null)} /> : open && <DealerDetails dealer={open} key={open.id} />}
      </Drawer>
    </Page>
  )
}

function useColumns(): Column<NetworkDealer>[] {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.dealer, width: 220, grows: true, cell: (dealer) => <Name dealer={dealer} /> },
    { key: 'delivery', title: t.delivery, width: 190, cell: ({ delivery }) => t.deliveries[delivery] },
    { key: 'cities', title: t.cities, width: 180, cell: ({ cities }) => cities.join(', ') },
    { key: 'outlets', title: t.outlets, width: 90, align: 'end', cell: ({ outlets }) => format.number(outlets) },
    { key: 'open', title: t.openLeads, width: 100, align: 'end', cell: ({ openLeads }) => format.number(openLeads) },
    {
      key: 'today',
      title: t.todayLeads,
      width: 110,
      align: 'end',
      cell: ({ todayLeads, dailyCapacity }) => (dailyCapacity === null ? format.number(todayLeads) : `${todayLeads} / ${dailyCapacity}`),
    },
    { key: 'agreement', title: t.agreement, width: 150, cell: ({ agreementNumber }) => agreementNumber },
  ]
}

function Name({ dealer: { name, isActive, isReady } }: { dealer: NetworkDealer }) {
  const { dnm: t } = useWords()
  return (
    <>
      {name} {!isActive && <Badge>{t.inactive}</Badge>} {isActive && !isReady && <Badge tone="warn">{t.notReady}</Badge>}
    </>
  )
}

function Card({ dealer }: { dealer: NetworkDealer }) {
  const { dnm: t } = useWords()
  return (
    <div className={shapes.phoneCard}>
      <strong>
        <Name dealer={dealer} />
      </strong>
      <span>{t.openNow(dealer.openLeads)}</span>
      <span className={shapes.hint}>{t.deliveries[dealer.delivery]}</span>
      <span className={shapes.hint}>{dealer.cities.join(', ')}</span>
    </div>
  )
}
