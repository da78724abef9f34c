import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { funnelSteps, reports, type Steps } from '../../../../contract/crm/report.ts'
import { Chart, type ChartOption } from '../../../ui/chart.tsx'
import { Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ScrollBox } from '../../../ui/scroll-box.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { FigureLink, rowsOf } from './figure-link.tsx'
import type { PeriodAsked } from './pulse.tsx'
import styles from './pulse.module.css'

const CHART_PX = 250

/** How leads become cars: as bars to look at, and as numbers that open their rows. */
export function FunnelReport({ asked }: { asked: PeriodAsked }) {
  const { leads: t } = useWords()
  const { data, trouble } = useAsk(reports.funnel, asked, { live: ['lead', 'deal'] })
  if (trouble) return <ErrorState {...trouble} />
  return (
    <Section title={t.funnel}>
      <p className={styles.hint}>{t.funnelHint}</p>
      {!data ? (
        <Skeletons lines={8} />
      ) : data.steps.received.value === 0 ? (
        <EmptyState title={t.noFigures} hint={t.noFiguresHint} icon="report" />
      ) : (
        <div className={styles.wall}>
          <Bars steps={data.steps} />
          <Table rows={[{ key: '', name: t.total, steps: data.steps }, ...data.sources.map(({ sourceId, source, steps }) => ({ key: sourceId, name: source, steps }))]} />
        </div>
      )}
    </Section>
  )
}

function Bars({ steps }: { steps: Steps }) {
  const [{ leads: t }, format, navigate, { may }] = [useWords(), useFormat(), useNavigate(), useRights()]
  const option = useMemo((): ChartOption => {
    const received = steps.received.value
    return {
      grid: { left: 8, right: 96, top: 4, bottom: 4, containLabel: true },
      xAxis: { type: 'value', show: false, max: received },
      yAxis: { type: 'category', inverse: true, data: funnelSteps.map((step) => t.steps[step]), axisTick: { show: false }, axisLine: { show: false } },
      series: [
        {
          type: 'bar',
          data: funnelSteps.map((step) => steps[step].value),
          barWidth: '64%',
          itemStyle: { borderRadius: 4 },
          label: { show: true, position: 'right', formatter: ({ value }) => `${format.number(Number(value))} · ${format.percent(Number(value) / received)}` },
        },
      ],
      tooltip: { show: false },
    }
  }, [steps, t, format])
  const open = (name: string): void => {
    const step = funnelSteps.find((one) => t.steps[one] === name)
    if (step && may('lead.read')) void navigate(rowsOf(steps[step]))
  }
  return <Chart summary={t.funnelSummary(steps.received.value, steps.won.value)} option={option} heightPx={CHART_PX} onPick={({ name }) => open(name)} />
}

function Table({ rows }: { rows: readonly { key: string; name: string; steps: Steps }[] }) {
  const { leads: t } = useWords()
  return (
    <ScrollBox label={t.bySource}>
      <table className={styles.table} aria-label={t.bySource}>
        <thead>
          <tr>
            <th scope="col">{t.bySource}</th>
            {funnelSteps.map((step) => (
              <th key={step} scope="col">
                {t.steps[step]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, steps }) => (
            <tr key={key}>
              <td>{name}</td>
              {funnelSteps.map((step) => (
                <td key={step}>
                  <FigureLink figure={steps[step]} label={`${name}, ${t.steps[step]}`} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}
