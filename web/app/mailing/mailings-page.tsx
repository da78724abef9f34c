import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { mailings, type Mailing } from '../../../contract/mailing/mailing.ts'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Page } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { usePages } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import { MailingState } from './mailing-words.tsx'
import { NewMailing } from './new-mailing.tsx'
import styles from './mailing.module.css'

/** Every advertising mailing with how far it is. */
export function MailingsPage() {
  const [{ mailing: t }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const [isNew, setNew] = useState(false)
  const data = usePages<Mailing, typeof mailings.list.input, typeof mailings.list.output>(mailings.list, {}, { live: ['mailing'] })
  const cannot = why(mailings.create)
  useShortcut('KeyC', cannot ? null : { label: t.create, run: () => setNew(true) })
  const open = (mailingId: string): void => void navigate({ to: paths.mailing, params: { mailingId } })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setNew(true)}>
      {t.create}
    </Button>
  )
  return (
    <Page title={t.mailings} actions={create}>
      <p className={styles.dim}>{t.mailingsHint}</p>
      <div className={shapes.fills}>
        <DataTable
          label={t.mailings}
          data={data}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={{ title: t.none, hint: t.noneHint, icon: 'mail', action: create }}
          onOpen={({ id }) => open(id)}
          card={(row) => <Card row={row} />}
          rowTone={({ state }) => (state === 'cancelled' ? 'muted' : undefined)}
        />
      </div>
      <Dialog isOpen={isNew} onClose={() => setNew(false)} title={t.create} size="xl">
        {isNew && <NewMailing onClose={() => setNew(false)} onPrepared={open} />}
      </Dialog>
    </Page>
  )
}

function useColumns(): Column<Mailing>[] {
  const [{ mailing: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.name, width: 240, grows: true, cell: ({ name }) => name },
    { key: 'state', title: t.state, width: 130, cell: (row) => <MailingState state={row.state} /> },
    { key: 'channel', title: t.channel, width: 110, cell: ({ channel }) => t.channels[channel] },
    { key: 'template', title: t.template, width: 220, cell: ({ templateName, templateVersion }) => `${templateName}, ${t.version(templateVersion)}` },
    { key: 'created', title: t.createdAt, width: 140, align: 'end', cell: ({ createdAt }) => format.moment(createdAt) },
    { key: 'started', title: t.startedAt, width: 140, align: 'end', cell: ({ startedAt }) => (startedAt ? format.moment(startedAt) : '—') },
  ]
}

function Card({ row }: { row: Mailing }) {
  const [{ mailing: t }, format] = [useWords(), useFormat()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{row.name}</strong>
      <span>
        <MailingState state={row.state} />
      </span>
      <span className={styles.dim}>{`${t.channels[row.channel]} · ${row.templateName}`}</span>
      <span className={styles.dim}>{format.moment(row.startedAt ?? row.createdAt)}</span>
    </div>
  )
}
