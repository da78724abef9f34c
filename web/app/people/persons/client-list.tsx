import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { type PersonRow, persons } from '../../../../contract/people/person.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { ChoiceField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import { NewClient } from './new-client.tsx'
import { PeekPerson } from './peek-person.tsx'

type Row = z.output<typeof PersonRow>
const route = getRouteApi(`/staff${paths.people}`)

/** All clients whom the person may see, newest change first; masked. Which of them is kept in the address. */
export function ClientList() {
  const [{ people: t }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const { mine = false } = route.useSearch()
  const data = usePages<Row, typeof persons.list.input, typeof persons.list.output>(persons.list, { mine: String(mine) }, { live: ['person'] })
  const [isCreating, setCreating] = useState(false)
  const [peeked, setPeeked] = useState<string | null>(null)
  const open = (personId: string): void => void navigate({ to: paths.person, params: { personId } })
  const cannot = why(persons.create)
  useShortcut('KeyC', cannot ? null : { label: t.create, run: () => setCreating(true) })
  const create = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setCreating(true)}>
      {t.create}
    </Button>
  )
  return (
    <Page
      title={t.clients}
      purpose={<PurposeChip purpose={t.purposes.request_handling} />}
      actions={create}
      filters={
        <ChoiceField
          label={t.whose}
          value={mine ? 'mine' : 'all'}
          choices={[
            { value: 'all', label: t.all },
            { value: 'mine', label: t.mine },
          ]}
          onChange={(whose) => void navigate({ to: paths.people, search: whose === 'mine' ? { mine: true } : {} })}
        />
      }
    >
      <DataTable
        label={t.clients}
        data={data}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.noClients, hint: t.noClientsHint, icon: 'people', action: create }}
        onOpen={({ id }) => open(id)}
        onPeek={({ id }) => setPeeked(id)}
        card={(row) => <Card row={row} />}
        rowTone={({ state }) => (state === 'open' ? undefined : 'muted')}
      />
      <NewClient isOpen={isCreating} onClose={() => setCreating(false)} onCreated={open} />
      <PeekPerson personId={peeked} onClose={() => setPeeked(null)} onOpen={open} />
    </Page>
  )
}

function useColumns(): Column<Row>[] {
  const [{ people: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.name, width: 260, grows: true, cell: (row) => <NameOf row={row} /> },
    { key: 'phone', title: t.phone, width: 130, cell: ({ masked }) => masked.phone },
    { key: 'email', title: t.email, width: 200, cell: ({ masked }) => masked.email },
    { key: 'destroyed', title: t.destroyed, width: 130, cell: ({ destroyAfter }) => destroyAfter && format.date(destroyAfter) },
    { key: 'changed', title: t.changed, width: 140, align: 'end', cell: ({ updatedAt }) => format.moment(updatedAt) },
  ]
}

function NameOf({ row: { masked, state } }: { row: Row }) {
  const { people: t } = useWords()
  if (state === 'open') return masked.name || t.client
  return (
    <>
      {t.hidden} <Badge tone={state === 'restricted' ? 'warn' : 'bad'}>{t.states[state]}</Badge>
    </>
  )
}

function Card({ row }: { row: Row }) {
  const format = useFormat()
  return (
    <div className={shapes.phoneCard}>
      <strong>
        <NameOf row={row} />
      </strong>
      <span className={styles.dim}>{format.moment(row.updatedAt)}</span>
      <span className={styles.dim}>{[row.masked.phone, row.masked.email].filter(Boolean).join(' · ')}</span>
    </div>
  )
}
