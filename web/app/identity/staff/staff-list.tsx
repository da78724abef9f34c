import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { staff } from '../../../../contract/identity/staff.ts'
import { Badge, PurposeChip } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { ChoiceField, TextField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { usePages } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../identity.module.css'
import { InviteForm } from './invite-form.tsx'
import { usePlaces } from './places.ts'
import { type Colleague, StaffPanel } from './staff-panel.tsx'
import { stateTones } from './state-tones.ts'

const route = getRouteApi(`/staff${paths.staff}`)

/** Colleagues by name. Names are opened for work together, so the search stays in this browser. */
export function StaffList() {
  const [{ identity: t, shell }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const { view = 'working' } = route.useSearch()
  const data = usePages<Colleague, typeof staff.list.input, typeof staff.list.output>(staff.list, { view, limit: 100 }, { live: ['session'] })
  const [typed, setTyped] = useState('')
  const [[openId, isInviting], setOpen] = useState<[string | null, boolean]>([null, false])
  const wanted = typed.trim().toLowerCase()
  const rows = data.rows
    .filter((row) => `${row.name} ${row.position} ${shell.roles[row.role]}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'ru'))
  const cannot = why(staff.invite)
  useShortcut('KeyC', cannot ? null : { label: t.invite, run: () => setOpen([null, true]) })
  const invite = (
    <Button kind="primary" icon="plus" keycap="C" disabledReason={cannot} onClick={() => setOpen([null, true])}>
      {t.invite}
    </Button>
  )
  const filters = (
    <>
      <ChoiceField
        label={t.whom}
        value={view}
        choices={[
          { value: 'working', label: t.working },
          { value: 'all', label: t.everyone },
        ]}
        onChange={(chosen) => void navigate({ to: paths.staff, search: chosen === 'all' ? { view: 'all' } : {} })}
      />
      <TextField label={t.find} type="search" value={typed} onChange={setTyped} />
    </>
  )
  return (
    <Page title={t.staff} purpose={<PurposeChip purpose={t.employment} basis={t.employmentBasis} />} actions={invite} filters={filters}>
      <DataTable
        label={t.staff}
        data={{ ...data, rows }}
        columns={useColumns()}
        rowKey={({ id }) => id}
        empty={{ title: t.noStaff, hint: t.noStaffHint, icon: 'people', action: invite }}
        onOpen={({ id }) => setOpen([id, false])}
        onPeek={({ id }) => setOpen([id, false])}
        card={(row) => <Card row={row} />}
        rowTone={({ state }) => (state === 'left' ? 'muted' : undefined)}
      />
      <StaffPanel colleague={data.rows.find(({ id }) => id === openId) ?? null} onClose={() => setOpen([null, false])} />
      <InviteForm isOpen={isInviting} onClose={() => setOpen([null, false])} />
    </Page>
  )
}

function useColumns(): Column<Colleague>[] {
  const [{ identity: t, shell }, { placeOf }, { why }, format] = [useWords(), usePlaces(), useRights(), useFormat()]
  const seen: Column<Colleague>[] =
    why('staff.edit') === null
      ? [
          {
            key: 'seen',
            title: t.lastSeen,
            width: 150,
            align: 'end',
            cell: ({ lastSeenAt }) => (lastSeenAt ? format.moment(lastSeenAt) : <span className={styles.dim}>{t.never}</span>),
          },
        ]
      : []
  return [
    { key: 'name', title: t.person, width: 170, cell: ({ name }) => <strong>{name}</strong> },
    { key: 'role', title: t.role, width: 240, cell: ({ role }) => <span className={styles.clip}>{shell.roles[role]}</span> },
    { key: 'position', title: t.position, width: 230, grows: true, cell: ({ position }) => <span className={styles.clip}>{position}</span> },
    { key: 'place', title: t.place, width: 240, cell: (row) => <span className={styles.clip}>{placeOf(row)}</span> },
    { key: 'state', title: t.state, width: 110, cell: ({ state }) => <Badge tone={stateTones[state]}>{t.states[state]}</Badge> },
    ...seen,
  ]
}

function Card({ row }: { row: Colleague }) {
  const [{ identity: t }, { placeOf }] = [useWords(), usePlaces()]
  return (
    <div className={shapes.phoneCard}>
      <strong>{row.name}</strong>
      <Badge tone={stateTones[row.state]}>{t.states[row.state]}</Badge>
      <span className={styles.second}>
        {row.position} · {placeOf(row)}
      </span>
    </div>
  )
}
