import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { templates, type Template } from '../../../contract/mailing/template.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Drawer } from '../../ui/dialog.tsx'
import { Facts, Page } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { useShortcut } from '../../ui/use-shortcut.ts'
import { keyOf, useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import { ChosenVersion } from '../shared/written-text.tsx'
import { newestOf } from './new-mailing.tsx'
import { TemplateEditor } from './template-editor.tsx'
import { TemplateText } from './template-text.tsx'

/** Every template with its newest version, all versions before it, and the editor of the next. */
export function TemplatesPage() {
  const [{ mailing: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const { data, isLoading, trouble } = useAsk(templates.list, { limit: 200 })
  const [openCode, setOpen] = useState<string | null>(null)
  const [editing, setEditing] = useState<Template | 'new' | null>(null)
  const cannot = why(templates.publish)
  useShortcut('KeyC', cannot ? null : { label: t.newTemplate, run: () => setEditing('new') })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setEditing('new')}>
      {t.newTemplate}
    </Button>
  )
  const versions = (data?.rows ?? []).filter(({ code }) => code === openCode)
  const published = (): void => {
    void client.invalidateQueries({ queryKey: keyOf(templates.list) })
    setEditing(null)
  }
  return (
    <Page title={t.templates} actions={create}>
      <p className={shapes.hint}>{t.templatesHint}</p>
      <DataTable
        label={t.templates}
        data={{ rows: newestOf(data?.rows ?? []), isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.noTemplatesYet, hint: t.noTemplatesHint, icon: 'file', action: create }}
        onOpen={({ code }) => setOpen(code)}
        card={(row) => <Card row={row} />}
      />
      <Drawer isOpen={versions.length > 0 && editing === null} onClose={() => setOpen(null)} title={versions[0]?.name ?? t.template} size="xl">
        {versions.length > 0 && <Versions key={`${openCode}/${versions.length}`} versions={versions} cannot={cannot} onEdit={setEditing} />}
      </Drawer>
      <TemplateEditor before={editing} onClose={() => setEditing(null)} onPublished={published} />
    </Page>
  )
}

function Kind({ kind }: Pick<Template, 'kind'>) {
  const { mailing: t } = useWords()
  return <Badge tone={kind === 'advertising' ? 'accent' : 'info'}>{t.kinds[kind]}</Badge>
}

function useColumns(): Column<Template>[] {
  const [{ mailing: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.templateName, width: 240, grows: true, cell: ({ name }) => name },
    { key: 'kind', title: t.kind, width: 130, cell: (row) => <Kind kind={row.kind} /> },
    { key: 'channel', title: t.channel, width: 120, cell: ({ channel }) => t.channels[channel] },
    { key: 'code', title: t.code, width: 180, cell: ({ code }) => <code>{code}</code> },
    { key: 'version', title: t.versions, width: 130, cell: ({ version }) => t.version(version) },
    { key: 'at', title: t.publishedAt, width: 140, align: 'end', cell: ({ publishedAt }) => format.date(publishedAt) },
  ]
}

function Card({ row }: { row: Template }) {
  const { mailing: t } = useWords()
  return (
    <div className={shapes.phoneCard}>
      <strong>{row.name}</strong>
      <Kind kind={row.kind} />
      <span className={shapes.hint}>{`${t.channels[row.channel]} · ${t.version(row.version)}`}</span>
    </div>
  )
}

type VersionsProps = { versions: readonly Template[]; cannot: string | null; onEdit: (template: Template) => void }
function Versions({ versions, cannot, onEdit }: VersionsProps) {
  const [{ mailing: t }, format] = [useWords(), useFormat()]
  const [chosen, setChosen] = useState(versions[0]?.id ?? null)
  const shown = versions.find(({ id }) => id === chosen)
  if (!shown || !versions[0]) return null
  const newest = versions[0]
  return (
    <ChosenVersion
      choice={{
        label: t.versions,
        chosen,
        onChoose: setChosen,
        choices: versions.map(({ id, version, publishedAt }) => ({ value: id, label: `${t.version(version)}, ${format.date(publishedAt)}` })),
      }}
      action={
        <Button kind="primary" icon="edit" disabledReason={cannot} onClick={() => onEdit(newest)}>
          {t.newVersion}
        </Button>
      }
    >
      <TemplateText template={shown} />
      <Facts
        facts={[
          [t.kind, t.kinds[shown.kind]],
          [t.channel, t.channels[shown.channel]],
          [t.code, <code key="code">{shown.code}</code>],
          [t.publishedAt, format.dateTime(shown.publishedAt)],
        ]}
      />
    </ChosenVersion>
  )
}
