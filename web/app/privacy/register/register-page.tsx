import { useState } from 'react'
import { type Activity, register } from '../../../../contract/people/register.ts'
import { Button } from '../../../ui/button.tsx'
import { type Column, DataTable } from '../../../ui/data-table.tsx'
import { Drawer } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts, Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import { useRights } from '../../session/session.tsx'
import { EditActivity } from './edit-activity.tsx'

/** The register of processing: why, on which basis and for how long people are held, and how many of them now. */
export function RegisterPage() {
  const { people: t } = useWords()
  const { data, isLoading, trouble } = useAsk(register.list, {})
  const [openId, setOpenId] = useState<string | null>(null)
  const activities = data?.activities ?? []
  const open = activities.find(({ id }) => id === openId)
  return (
    <Page title={t.register}>
      <p className={shapes.hint}>{t.registerHint}</p>
      <DataTable
        label={t.register}
        data={{ rows: activities, isLoading, trouble, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
        columns={useColumns(activities.some(({ people }) => people !== null))}
        rowKey={({ id }) => id}
        empty={{ title: t.noActivities, icon: 'shield' }}
        onOpen={({ id }) => setOpenId(id)}
        card={(row) => <Line activity={row} />}
      />
      <Drawer isOpen={open !== undefined} onClose={() => setOpenId(null)} title={open?.name ?? t.activity}>
        {open && <Whole activity={open} key={open.id} />}
      </Drawer>
    </Page>
  )
}

function useColumns(isCounted: boolean): Column<Activity>[] {
  const [{ people: t }, format, bases] = [useWords(), useFormat(), useBases()]
  return [
    { key: 'name', title: t.activity, width: 260, grows: true, cell: ({ name }) => name },
    { key: 'bases', title: t.basesTitle, width: 200, cell: (row) => bases(row.bases) },
    { key: 'term', title: t.retention, width: 130, align: 'end', cell: ({ retentionDays }) => t.days(retentionDays) },
    { key: 'from', title: t.retentionFrom, width: 300, cell: ({ retentionFrom }) => retentionFrom },
    ...(isCounted
      ? [{ key: 'people', title: t.held, width: 110, align: 'end', cell: ({ people }) => (people === null ? '' : format.number(people)) } satisfies Column<Activity>]
      : []),
  ]
}

function useBases(): (codes: readonly string[]) => string {
  const names: Record<string, string> = useWords().people.bases
  return (codes) => codes.map((code) => names[code] ?? code).join(', ')
}

function Line({ activity }: { activity: Activity }) {
  const { people: t } = useWords()
  return (
    <div>
      <strong>{activity.name}</strong>
      <div>
        {t.days(activity.retentionDays)}
        {activity.people !== null && ` · ${t.people(activity.people)}`}
      </div>
    </div>
  )
}

function Whole({ activity }: { activity: Activity }) {
  const [{ people: t }, { why }, bases] = [useWords(), useRights(), useBases()]
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <EditActivity activity={activity} onDone={() => setEditing(false)} />
  return (
    <Stack gap="md">
      <Facts
        facts={[
          [t.purposesTitle, activity.purposes.map((purpose) => t.purposes[purpose]).join(', ')],
          [t.basesTitle, bases(activity.bases)],
          [t.classesTitle, activity.classes.map((each) => t.classes[each]).join(', ')],
          [t.retention, t.days(activity.retentionDays)],
          [t.retentionFrom, activity.retentionFrom],
          [t.legalRef, activity.legalRef],
          [t.destructionWay, activity.destruction],
          ...(activity.people === null ? [] : [[t.held, t.people(activity.people)] as const]),
        ]}
      />
      <Button icon="edit" disabledReason={why(register.edit)} onClick={() => setEditing(true)}>
        {t.editActivity}
      </Button>
    </Stack>
  )
}
