import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { consentKinds, consents, type ConsentKind, type ConsentText } from '../../../../contract/consent/consent.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Facts, Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { EmptyState } from '../../../ui/state.tsx'
import { keyOf, useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { ChosenVersion, WrittenText } from '../../shared/written-text.tsx'
import { TextEditor } from './text-editor.tsx'
import shapes from '../../shared.module.css'
import styles from './texts.module.css'

type Text = z.output<typeof ConsentText>
/** A kind with its versions, newest first; none when nothing was published. */
type KindRow = { kind: ConsentKind; versions: readonly Text[] }
const route = getRouteApi(`/staff${paths.consentTexts}`)

/** Every kind of consent with the text in force, all its versions, and the editor of the next. */
export function TextsPage() {
  const [{ consent: t }, navigate, client] = [useWords(), useNavigate(), useQueryClient()]
  const { kind: openKind } = route.useSearch()
  const [editing, setEditing] = useState<ConsentKind | null>(null)
  const { data, isLoading, trouble } = useAsk(consents.texts, { limit: 200 })
  const rows: KindRow[] = consentKinds.map((kind) => ({ kind, versions: (data?.rows ?? []).filter((text) => text.kind === kind) }))
  const open = (kind?: ConsentKind): void => void navigate({ to: paths.consentTexts, search: kind ? { kind } : {} })
  const [opened, edited] = [rows.find(({ kind }) => kind === openKind), rows.find(({ kind }) => kind === editing)]
  const published = (): void => {
    void client.invalidateQueries({ queryKey: keyOf(consents.texts) })
    setEditing(null)
  }
  return (
    <Page title={t.texts}>
      <p className={shapes.hint}>{t.textsHint}</p>
      <DataTable
        label={t.texts}
        data={{ rows: data ? rows : [], isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
        columns={useColumns()}
        rowKey={({ kind }) => kind}
        empty={{ title: t.noTexts, hint: t.noTextsHint, icon: 'file' }}
        onOpen={({ kind }) => open(kind)}
        card={(row) => <Line row={row} />}
      />
      <Drawer isOpen={opened !== undefined && editing === null} onClose={() => open()} title={opened ? t.kinds[opened.kind] : t.kind} size="xl">
        {opened && data && <Versions key={`${opened.kind}/${opened.versions.length}`} row={opened} onEdit={() => setEditing(opened.kind)} />}
      </Drawer>
      <TextEditor kind={editing} before={edited?.versions[0] ?? null} onClose={() => setEditing(null)} onPublished={published} />
    </Page>
  )
}

function useColumns(): Column<KindRow>[] {
  const [{ consent: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'kind', title: t.kind, width: 250, cell: ({ kind }) => t.kinds[kind] },
    { key: 'version', title: t.version, width: 150, cell: (row) => <Version row={row} /> },
    { key: 'at', title: t.publishedAt, width: 150, cell: ({ versions: [newest] }) => (newest ? format.date(newest.publishedAt) : '—') },
    { key: 'term', title: t.term, width: 140, align: 'end', cell: ({ versions: [newest] }) => (newest ? t.days(newest.validDays) : '—') },
    { key: 'purpose', title: t.purpose, width: 380, grows: true, cell: ({ versions: [newest] }) => newest?.parts.purpose ?? '—' },
  ]
}

function Version({ row: { versions } }: { row: KindRow }) {
  const { consent: t } = useWords()
  return <Badge tone={versions[0] ? 'good' : 'warn'}>{versions[0] ? t.underText(versions[0].version) : t.none}</Badge>
}

function Line({ row }: { row: KindRow }) {
  const [{ consent: t }, format] = [useWords(), useFormat()]
  const [newest] = row.versions
  return (
    <div className={shapes.phoneCard}>
      <strong>{t.kinds[row.kind]}</strong>
      <Version row={row} />
      {newest && <span className={shapes.hint}>{`${format.date(newest.publishedAt)} · ${t.days(newest.validDays)}`}</span>}
    </div>
  )
}

function Versions({ row: { kind, versions }, onEdit }: { row: KindRow; onEdit: () => void }) {
  const [{ consent: t }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [chosen, setChosen] = useState(versions[0]?.id ?? null)
  const text = versions.find(({ id }) => id === chosen)
  const edit = (
    <Button kind="primary" icon="edit" disabledReason={why(consents.publishText)} onClick={onEdit}>
      {versions.length > 0 ? t.newVersion : t.firstVersion}
    </Button>
  )
  if (!text) return <EmptyState title={t.noTexts} hint={t.noTextsHint} icon="file" action={edit} />
  return (
    <ChosenVersion
      choice={{
        label: t.versions(versions.length),
        chosen,
        onChoose: setChosen,
        choices: versions.map(({ id, version, publishedAt }) => ({ value: id, label: `${t.underText(version)}, ${format.date(publishedAt)}` })),
      }}
      action={edit}
    >
      <WrittenText>{text.body}</WrittenText>
      <Facts
        facts={[
          [t.kind, t.kinds[kind]],
          [t.publishedAt, format.dateTime(text.publishedAt)],
          [t.term, t.days(text.validDays)],
          [
            t.hash,
            <code key="hash" className={styles.hash}>
              {text.bodySha256}
            </code>,
          ],
        ]}
      />
    </ChosenVersion>
  )
}
