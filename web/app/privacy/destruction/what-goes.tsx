import { destructions } from '../../../../contract/privacy/destruction.ts'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'

/** What goes with a person and what stays without them, counted now. */
export function WhatGoes({ personId }: { personId: string }) {
  const { destruction: t, people } = useWords()
  const { data, trouble } = useAsk(destructions.preview, { personId }, { live: ['person'] })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={6} />
  const tables: Record<string, string> = t.tables
  const classes: Record<string, string> = people.classes
  const goes = [
    ...data.classes.map(({ code, count }) => [classes[code] ?? code, t.records(count)] as const),
    ...data.rows.filter(({ atTheEnd }) => atTheEnd === 'deleted').map(({ table, count }) => [tables[table] ?? table, t.records(count)] as const),
  ]
  const stays = data.rows.filter(({ atTheEnd }) => atTheEnd !== 'deleted').map(({ table, count }) => [tables[table] ?? table, t.records(count)] as const)
  return (
    <Stack gap="sm">
      <div className={shapes.warning}>{t.forEver}</div>
      <strong>{data.masked?.name}</strong>
      <span>{t.goes}</span>
      <Facts facts={goes} />
      {stays.length > 0 && <span>{t.stays}</span>}
      {stays.length > 0 && <Facts facts={stays} />}
      <span>{t.recipients(data.recipients)}</span>
      <span>{t.objectionsStay}</span>
    </Stack>
  )
}
