import type { ReactNode } from 'react'
import { interests, leads, leadSteps } from '../../../../contract/crm/lead.ts'
import { sources } from '../../../../contract/crm/routing.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { useLeadWords } from './lead-words.ts'
import styles from './leads.module.css'
import type { TraySearch } from './tray-search.ts'

type FiltersProps = {
  search: Omit<TraySearch, 'view' | 'lead'>
  onChange: (change: Partial<TraySearch>) => void
  /** Which view, where there is no room for tabs. */ view?: ReactNode
}
const none: Omit<TraySearch, 'view' | 'lead'> = {
  outletId: undefined,
  sourceId: undefined,
  responsibleId: undefined,
  isFree: undefined,
  interest: undefined,
  reached: undefined,
  clock: undefined,
  since: undefined,
  until: undefined,
}

/** Interest and source are chosen here, and by who hands leads out also whose they are; what a number of a report asked for stands beside them as words, and all of it is taken off at once. */
export function TrayFilters({ search, onChange, view }: FiltersProps) {
  const { leads: t } = useWords()
  const { may } = useRights()
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  const hands = useAsk(leads.assignees, {}, { staleMs: 300_000, isOn: may('lead.assign') }).data?.assignees
  const isInHands = hands?.some(({ employeeId }) => employeeId === search.responsibleId)
  const said = useSaid(isInHands ? { ...search, responsibleId: undefined } : search)
  const isFiltered = Object.values(search).some((part) => part !== undefined)
  return (
    <div className={styles.filters}>
      {view && <div className={styles.view}>{view}</div>}
      <SelectField
        label={t.interest}
        clearable
        placeholder={t.filterAll}
        choices={interests.map((value) => ({ value, label: t.interests[value] }))}
        value={search.interest ?? null}
        onChange={(interest) => onChange({ interest: interest ?? undefined })}
      />
      <SelectField
        label={t.source}
        clearable
        placeholder={t.filterAll}
        choices={(data?.sources ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={search.sourceId ?? null}
        onChange={(sourceId) => onChange({ sourceId: sourceId ?? undefined })}
      />
      {hands && (
        <SelectField
          label={t.responsible}
          clearable
          placeholder={t.filterAll}
          choices={hands.map(({ employeeId, name }) => ({ value: employeeId, label: name }))}
          value={isInHands ? (search.responsibleId ?? null) : null}
          onChange={(responsibleId) => onChange({ responsibleId: responsibleId ?? undefined })}
        />
      )}
      {said.map((word) => (
        <Badge key={word} tone="info">
          {word}
        </Badge>
      ))}
      {isFiltered && (
        <Button size="xs" kind="quiet" icon="close" onClick={() => onChange(none)}>
          {t.clearFilters}
        </Button>
      )}
    </div>
  )
}

function useSaid({ outletId, responsibleId, isFree, reached, clock, since, until }: FiltersProps['search']): string[] {
  const [{ leads: t }, say, format] = [useWords(), useLeadWords(), useFormat()]
  const step = leadSteps.find((known) => known === reached)
  // The end is not included: the last day meant is the one before it.
  const period = since && until ? t.period(format.date(since), format.date(new Date(Date.parse(until) - 1))) : null
  return [outletId && say.outlet(outletId), responsibleId && say.staff(responsibleId), isFree && t.free, step && t.steps[step], clock && t.clockStates[clock], period].flatMap(
    (word) => word || [],
  )
}
