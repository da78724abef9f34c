import { health, type Health } from '../../../../contract/platform/health.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Facts, Page, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'

const MEGABYTE = 1024 * 1024

/** How the installation is, for whoever supports it: no shell, no data of anybody. */
export function HealthPage() {
  const { platform: t } = useWords()
  const { data, isLoading, isFetching, trouble, refetch } = useAsk(health.show, {}, { staleMs: 0 })
  const again = (
    <Button icon="pulse" busy={isFetching} onClick={() => void refetch()}>
      {t.refresh}
    </Button>
  )
  return (
    <Page title={t.health} actions={again} isNarrow>
      {trouble ? <ErrorState {...trouble} /> : isLoading || !data ? <Skeletons lines={12} /> : <Parts state={data} />}
    </Page>
  )
}

function Parts({ state }: { state: Health }) {
  const [{ platform: t }, format] = [useWords(), useFormat()]
  const megabytes = (bytes: number | null): string => (bytes === null ? '—' : t.megabytes(format.number(Math.round(bytes / MEGABYTE))))
  const { database, vault, log } = state
  return (
    <>
      <Section title={t.database} actions={<State isOk={database.isOk} />}>
        <Facts
          facts={[
            [t.state, t.answeredIn(format.number(database.tookMs))],
            [t.size, megabytes(database.bytes)],
            [t.connections, database.connections === null ? '—' : format.number(database.connections)],
            [t.databaseVersion, database.version ?? '—'],
          ]}
        />
      </Section>
      <Section title={t.vault} actions={<State isOk={vault.isOk} />}>
        <Facts facts={[[t.state, t.answeredIn(format.number(vault.tookMs))]]} />
      </Section>
      <Section title={t.log} actions={<Badge tone={log.isBehind ? 'bad' : 'good'}>{log.isBehind ? t.behind : t.upToDate}</Badge>}>
        <Facts
          facts={[
            [t.heads, format.number(log.heads)],
            [t.events, format.number(log.events)],
            [t.newest, log.newestAt ? format.dateTime(log.newestAt) : t.never],
          ]}
        />
      </Section>
      <Section title={t.process} actions={<State isOk />}>
        <Facts
          facts={[
            [t.version, state.version],
            [t.startedAt, format.dateTime(state.startedAt)],
            [t.memory, megabytes(state.memoryBytes)],
            [t.busy, format.percent(state.busyShare)],
          ]}
        />
      </Section>
    </>
  )
}

function State({ isOk }: { isOk: boolean }) {
  const { platform: t } = useWords()
  return <Badge tone={isOk ? 'good' : 'bad'}>{isOk ? t.well : t.ill}</Badge>
}
