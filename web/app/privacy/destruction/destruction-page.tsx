import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { ChoiceField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { PurposeChip } from '../../../ui/badge.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { ActsList } from './acts-list.tsx'
import { DueList } from './due-list.tsx'
import { TermsList } from './terms-list.tsx'
import styles from '../requests/requests.module.css'

const route = getRouteApi(`/staff${paths.destruction}`)

/** Who goes and when, and the acts of those who went. */
export function DestructionPage() {
  const [{ destruction: t, people }, navigate] = [useWords(), useNavigate()]
  const { tab, act } = route.useSearch()
  const show = (search: { tab?: 'acts' | 'terms'; act?: string }): void => void navigate({ to: paths.destruction, search })
  const choice = (
    <ChoiceField
      label={t.tabsLabel}
      value={tab ?? 'due'}
      onChange={(chosen) => show(chosen === 'acts' || chosen === 'terms' ? { tab: chosen } : {})}
      choices={[
        { value: 'due', label: t.tabs.due },
        { value: 'terms', label: t.tabs.terms },
        { value: 'acts', label: t.tabs.acts },
      ]}
    />
  )
  return (
    <Page title={t.title} purpose={<PurposeChip purpose={people.purposes.rights} />} actions={choice}>
      <p className={styles.hint}>{tab === 'acts' ? t.actsHint : tab === 'terms' ? t.termsHint : t.dueHint}</p>
      {tab === 'terms' ? (
        <TermsList onAct={(act) => show({ tab: 'acts', act })} />
      ) : tab ? (
        <ActsList openId={act ?? null} onOpen={(id) => show({ tab: 'acts', ...(id ? { act: id } : {}) })} />
      ) : (
        <DueList onDestroyed={(actId) => show({ tab: 'acts', act: actId })} />
      )}
    </Page>
  )
}
