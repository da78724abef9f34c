import { useState } from 'react'
import type { z } from 'zod'
import { policies, type PolicyVersionRow } from '../../../../contract/privacy/policy.ts'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useLanguage, useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from './policy.module.css'

type Row = z.output<typeof PolicyVersionRow>

/** Every version that was published; one opens as it was, byte for byte. */
export function Versions({ site }: { site: string | null }) {
  const { policy: t } = useWords()
  const [open, setOpen] = useState<Row | null>(null)
  const { data, isLoading, trouble } = useAsk(policies.versions, {})
  return (
    <>
      <DataTable
        label={t.tabs.versions}
        data={{ rows: data?.rows ?? [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
        columns={useColumns()}
        rowKey={({ version }) => String(version)}
        empty={{ title: t.none, icon: 'file' }}
        onOpen={setOpen}
        card={(row) => <Line row={row} />}
      />
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={open ? `${t.version} ${open.version}` : t.version} size="xl">
        {open && <Whole row={open} site={site} key={open.version} />}
      </Drawer>
    </>
  )
}

function useColumns(): Column<Row>[] {
  const [{ policy: t }, { locale }, format] = [useWords(), useLanguage(), useFormat()]
  return [
    { key: 'version', title: t.version, width: 110, align: 'end', cell: ({ version }) => format.number(version) },
    { key: 'at', title: t.at, width: 170, cell: ({ publishedAt }) => format.dateTime(publishedAt) },
    { key: 'by', title: t.by, width: 230, cell: ({ publishedBy }) => (publishedBy ? t.byStaff : t.byFounding) },
    { key: 'hash', title: t.hash, width: 380, grows: true, cell: ({ sha256 }) => <span className={styles.mono}>{sha256[locale]}</span> },
  ]
}

function Line({ row }: { row: Row }) {
  const [{ policy: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{`${t.version} ${row.version}`}</strong>
      <span>{format.date(row.publishedAt)}</span>
      <span className={styles.dim}>{row.publishedBy ? t.byStaff : t.byFounding}</span>
    </div>
  )
}

function Whole({ row, site }: { row: Row; site: string | null }) {
  const [{ policy: t }, { locale }, format] = [useWords(), useLanguage(), useFormat()]
  const { data, trouble } = useAsk(policies.version, { version: row.version })
  const address = site === null ? null : `/site/${site}/policy/${row.version}`
  if (trouble && !data) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={12} />
  return (
    <div className={styles.whole}>
      <Facts
        facts={[
          [t.at, format.dateTime(row.publishedAt)],
          [
            t.hash,
            <span key="hash" className={styles.mono}>
              {row.sha256[locale]}
            </span>,
          ],
          ...(address === null
            ? []
            : [
                [
                  t.onSite,
                  <a key="site" href={address} target="_blank" rel="noreferrer" className={styles.link}>
                    {address}
                  </a>,
                ] as const,
              ]),
        ]}
      />
      <div className={styles.text}>{data.body[locale]}</div>
    </div>
  )
}
