import { useState } from 'react'
import { z } from 'zod'
import { channels, type Source, SourceDraft, sources } from '../../../../contract/crm/routing.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { confirm, Dialog } from '../../../ui/dialog.tsx'
import { SelectField, SwitchField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../leads/leads.module.css'

/** Where leads come from, when each was last heard of, and the secret addresses of those that write letters. */
export function SourcesPage() {
  const [{ leads: t }, { why }] = [useWords(), useRights()]
  const { data, isLoading, trouble } = useAsk(sources.list, {}, { live: ['lead'] })
  const [edited, setEdited] = useState<Source | 'new' | null>(null)
  const cannot = why(sources.create)
  useShortcut('KeyC', cannot ? null : { label: t.sourceNew, run: () => setEdited('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEdited('new')}>
      {t.sourceNew}
    </Button>
  )
  return (
    <Page title={t.sources} actions={create}>
      <div className={shapes.fills}>
        <DataTable
          label={t.sources}
          data={{ rows: data?.sources ?? [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
          columns={useColumns()}
          rowKey={({ id }) => id}
          empty={{ title: t.noSources, hint: t.noSourcesHint, icon: 'network', action: create }}
          onOpen={setEdited}
          card={(source) => <Card source={source} />}
          rowTone={({ isActive }) => (isActive ? undefined : 'muted')}
        />
      </div>
      <Dialog isOpen={edited === 'new'} onClose={() => setEdited(null)} title={t.sourceNew}>
        <NewSource onClose={() => setEdited(null)} />
      </Dialog>
      <Dialog isOpen={edited !== null && edited !== 'new'} onClose={() => setEdited(null)} title={t.sourceEdit}>
        {edited && edited !== 'new' && <EditSource source={edited} onClose={() => setEdited(null)} />}
      </Dialog>
    </Page>
  )
}

function useColumns(): Column<Source>[] {
  const [{ leads: t }, format] = [useWords(), useFormat()]
  return [
    {
      key: 'name',
      title: t.sourceName,
      width: 220,
      grows: true,
      cell: ({ name, isActive }) => (
        <>
          {name} {!isActive && <Badge>{t.inactive}</Badge>}
        </>
      ),
    },
    { key: 'channel', title: t.channel, width: 120, cell: ({ channel }) => t.channels[channel] },
    { key: 'code', title: t.sourceCode, width: 140, cell: ({ code }) => <code>{code}</code> },
    { key: 'mail', title: t.mailAddress, width: 270, cell: ({ mailToken }) => mailToken && <code title={t.mailHint}>{mailToken}@…</code> },
    { key: 'last', title: t.lastLead, width: 140, align: 'end', cell: ({ lastLeadAt }) => (lastLeadAt ? format.moment(lastLeadAt) : t.never) },
  ]
}

function Card({ source: { name, channel, isActive, lastLeadAt } }: { source: Source }) {
  const [{ leads: t }, format, now] = [useWords(), useFormat(), new Date(useNow())]
  return (
    <div className={shapes.request}>
      <strong>{name}</strong>
      <span>{!isActive && <Badge>{t.inactive}</Badge>}</span>
      <span className={styles.dim}>{t.channels[channel]}</span>
      <span className={styles.dim}>{lastLeadAt ? format.moment(lastLeadAt, now) : t.never}</span>
    </div>
  )
}

function NewSource({ onClose }: { onClose: () => void }) {
  const { leads: t } = useWords()
  const create = useAct(sources.create, { changes: ['lead'], isQuiet: true })
  const save = async (draft: z.output<typeof SourceDraft>): Promise<void> => {
    await create.run(draft)
    toast.done(t.saved)
    onClose()
  }
  return (
    <Form schema={SourceDraft} initial={{ name: '', code: '', channel: 'site' as (typeof channels)[number] }} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.sourceName} required autoFocus {...form.field('name')} />
          <TextField label={t.sourceCode} hint={t.sourceCodeHint} required maxLength={40} {...form.field('code')} />
          <SelectField
            label={t.channel}
            required
            choices={channels.map((value) => ({ value, label: t.channels[value] }))}
            {...form.field('channel')}
            onChange={(channel) => channel && form.set({ channel })}
          />
        </Stack>
      )}
    </Form>
  )
}

const Edit = z.object({ name: SourceDraft.shape.name, isActive: z.boolean(), isNetwork: z.boolean() })

function EditSource({ source, onClose }: { source: Source; onClose: () => void }) {
  const [{ leads: t }, { tenant }] = [useWords(), useSession()]
  const edit = useAct(sources.edit, { changes: ['lead'], isQuiet: true })
  const renew = useAct(sources.renewMail, { changes: ['lead'], done: () => (toast.done(t.saved), onClose()) })
  const names = { name: t.sourceName, isActive: t.isActive, ...(tenant.kind === 'distributor' ? { isNetwork: t.isNetwork } : {}) }
  const saving = useVersion(source.version, names)
  const save = async (change: z.output<typeof Edit>): Promise<void> => {
    await saving((version) => edit.run({ sourceId: source.id, version, ...change }))
    toast.done(t.saved)
    onClose()
  }
  const ask = async (): Promise<void> => {
    if (await confirm({ title: t.renewMail, text: t.renewMailAsk, confirm: t.renewMail, isDangerous: true })) renew.fire({ sourceId: source.id, version: source.version })
  }
  return (
    <Form schema={Edit} initial={{ name: source.name, isActive: source.isActive, isNetwork: source.isNetwork }} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.sourceName} required autoFocus {...form.field('name')} />
          <SwitchField label={t.isActive} {...form.field('isActive')} />
          {tenant.kind === 'distributor' && <SwitchField label={t.isNetwork} hint={t.isNetworkHint} {...form.field('isNetwork')} />}
          {source.mailToken && (
            <div className={shapes.line}>
              <span>
                <code>{source.mailToken}@…</code> <span className={styles.dim}>{t.mailHint}</span>
              </span>
              <Button size="xs" onClick={() => void ask()}>
                {t.renewMail}
              </Button>
            </div>
          )}
        </Stack>
      )}
    </Form>
  )
}
