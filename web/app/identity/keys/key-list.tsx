import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { type Key, integrationKeys } from '../../../../contract/identity/key.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { confirm } from '../../../ui/dialog.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAct } from '../../data/act.ts'
import { keyOf, useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../identity.module.css'
import { NewKey } from './new-key.tsx'
import { scopeName } from './scope-name.ts'

type Row = z.output<typeof Key>

/** Programs that act in the company's name, and when each did so last. */
export function KeyList() {
  const [{ identity: t }, { why }] = [useWords(), useRights()]
  const { data, isLoading, trouble } = useAsk(integrationKeys.list, {})
  const [isMaking, setMaking] = useState(false)
  const cannot = why(integrationKeys.create)
  useShortcut('KeyC', cannot ? null : { label: t.newKey, run: () => setMaking(true) })
  const make = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setMaking(true)}>
      {t.newKey}
    </Button>
  )
  const rows = { rows: data?.keys ?? [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }
  return (
    <Page title={t.keys} purpose={<PurposeChip purpose={t.employment} basis={t.employmentBasis} />} actions={make}>
      {rows.rows.length > 0 && <p className={styles.hint}>{t.keysHint}</p>}
      <DataTable
        label={t.keys}
        data={rows}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.noKeys, hint: t.keysHint, icon: 'key', action: make }}
        card={(row) => <Card row={row} />}
        rowTone={({ revokedAt }) => (revokedAt ? 'muted' : undefined)}
      />
      <NewKey isOpen={isMaking} onClose={() => setMaking(false)} />
    </Page>
  )
}

function useColumns(): Column<Row>[] {
  const [{ identity: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.keyName, width: 240, grows: true, cell: ({ name }) => <strong>{name}</strong> },
    { key: 'scopes', title: t.scopes, width: 180, cell: ({ scopes }) => scopes.map((scope) => scopeName(t, scope)).join(', ') },
    { key: 'by', title: t.createdBy, width: 180, cell: ({ createdBy }) => createdBy },
    { key: 'created', title: t.created, width: 110, cell: ({ createdAt }) => format.date(createdAt) },
    { key: 'used', title: t.lastUsed, width: 170, cell: ({ lastUsedAt }) => (lastUsedAt ? format.moment(lastUsedAt) : <span className={styles.dim}>{t.notUsed}</span>) },
    { key: 'state', title: t.state, width: 150, align: 'end', cell: (row) => <StateOf row={row} /> },
  ]
}

function StateOf({ row: { id, revokedAt } }: { row: Row }) {
  const [{ identity: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const revoke = useAct(integrationKeys.revoke, {
    done: () => {
      void client.invalidateQueries({ queryKey: keyOf(integrationKeys.list) })
      toast.done(t.keyRevoked)
    },
  })
  if (revokedAt) return <Badge>{t.revoked}</Badge>
  const ask = async (): Promise<void> => {
    if (await confirm({ title: t.revokeAsk, text: t.revokeText, confirm: t.revoke, isDangerous: true })) revoke.fire({ keyId: id })
  }
  return (
    <Button size="xs" busy={revoke.isBusy} disabledReason={why(integrationKeys.revoke)} onClick={() => void ask()}>
      {t.revoke}
    </Button>
  )
}

function Card({ row }: { row: Row }) {
  const [{ identity: t }, format, now] = [useWords(), useFormat(), useNow()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{row.name}</strong>
      <StateOf row={row} />
      <span className={styles.dim}>{row.scopes.map((scope) => scopeName(t, scope)).join(', ')}</span>
      <span className={styles.dim}>{row.lastUsedAt ? format.moment(row.lastUsedAt, new Date(now)) : t.notUsed}</span>
    </div>
  )
}
