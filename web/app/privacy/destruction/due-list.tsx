import { useState } from 'react'
import type { z } from 'zod'
import { destructions, type DueRow } from '../../../../contract/privacy/destruction.ts'
import type { Words } from '../../../../i18n/ru/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { useAct } from '../../data/act.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import { WhatGoes } from './what-goes.tsx'

type Row = z.output<typeof DueRow>

export function DueList({ onDestroyed }: { onDestroyed: (actId: string) => void }) {
  const { destruction: t } = useWords()
  const data = usePages<Row, typeof destructions.due.input, typeof destructions.due.output>(destructions.due, {}, { live: ['person', 'request'] })
  const [open, setOpen] = useState<Row | null>(null)
  return (
    <>
      <DataTable
        label={t.tabs.due}
        data={data}
        columns={useColumns()}
        rowKey={({ personId }) => personId}
        empty={{ title: t.noneDue, hint: t.noneDueHint, icon: 'shield' }}
        onOpen={setOpen}
        rowTone={(row) => (row.isRestricted ? 'muted' : row.isOver ? 'late' : undefined)}
        card={(row) => <Line row={row} />}
        autoFocus
      />
      <Dialog isOpen={open !== null} onClose={() => setOpen(null)} title={t.destroyTitle}>
        {open && <Destroy key={open.personId} row={open} onClose={() => setOpen(null)} onDestroyed={onDestroyed} />}
      </Dialog>
    </>
  )
}

/** A term that still runs is not over yet, whatever the reason will be. */
function why({ reasons, reasonsAhead }: Words['destruction'], { reason, isOver }: Row): string {
  const ahead: Partial<Record<Row['reason'], string>> = reasonsAhead
  return (isOver ? undefined : ahead[reason]) ?? reasons[reason]
}

function useColumns(): Column<Row>[] {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'day', title: t.goesOn, width: 130, cell: ({ destroyAfter }) => format.date(destroyAfter) },
    { key: 'name', title: t.person, width: 220, cell: ({ masked }) => masked?.name ?? '···' },
    { key: 'reason', title: t.reason, width: 300, grows: true, cell: (row) => why(t, row) },
    { key: 'state', title: t.state, width: 200, cell: (row) => <State row={row} /> },
  ]
}

function State({ row }: { row: Row }) {
  const { destruction: t } = useWords()
  if (row.isRestricted) return <Badge tone="neutral">{t.restricted}</Badge>
  return <Badge tone={row.isOver ? 'bad' : 'info'}>{row.isOver ? t.over : t.running}</Badge>
}

function Line({ row }: { row: Row }) {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{row.masked?.name ?? '···'}</strong>
      <State row={row} />
      <span>{`${format.date(row.destroyAfter)} · ${why(t, row)}`}</span>
    </div>
  )
}

function Destroy({ row, onClose, onDestroyed }: { row: Row; onClose: () => void; onDestroyed: (actId: string) => void }) {
  const [{ destruction: t }, { why }] = [useWords(), useRights()]
  const destroy = useAct(destructions.now, {
    changes: ['person', 'request'],
    done: ({ actId }) => {
      onClose()
      onDestroyed(actId)
    },
  })
  const cannot = why(destructions.now) ?? (row.isRestricted ? t.whyRestricted : row.isOver ? null : t.whyHeld)
  return (
    <Stack gap="sm">
      <WhatGoes personId={row.personId} />
      <DialogActs
        label={t.destroy}
        isDangerous
        focusesCancel
        isBusy={destroy.isBusy}
        disabledReason={cannot}
        onCancel={onClose}
        onRun={() => destroy.fire({ personId: row.personId })}
      />
    </Stack>
  )
}
