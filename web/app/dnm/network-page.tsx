import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type DealerFigures, type NetworkFigure, networkFigures } from '../../../contract/dnm/figures.ts'
import { ChoiceField } from '../../ui/fields.tsx'
import { Page, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { ScrollBox } from '../../ui/scroll-box.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { periods, type PulseSearch } from '../crm/reports/pulse-search.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { paths } from '../paths.ts'
import { ResponseHead } from '../shared/response-head.tsx'
import shapes from '../shared.module.css'
import styles from './dnm.module.css'
import { readNetworkSearch } from './network-search.ts'

const route = getRouteApi(`/staff${paths.network}`)
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How the dealers of the network answer and what comes of it: states and times alone, and every number opens its requests. */
export function NetworkPage() {
  const [{ dnm: t }, navigate, { days = 30 }] = [useWords(), useNavigate(), route.useSearch()]
  const [openedAt] = useState(() => Date.now())
  const until = Math.ceil(openedAt / HOUR_MS) * HOUR_MS
  const asked = { since: new Date(until - days * DAY_MS).toISOString(), until: new Date(until).toISOString() }
  const { data, trouble } = useAsk(networkFigures.dealers, asked, { live: ['network_lead'], everyMs: 60_000 })
  const pick = (chosen: string): void => {
    const known = periods.find((one) => String(one) === chosen)
    void navigate({ to: paths.network, search: (known && known !== 30 ? { days: known } : {}) satisfies PulseSearch, replace: true })
  }
  return (
    <Page
      title={t.network}
      actions={<ChoiceField label={t.figures} value={String(days)} choices={periods.map((value) => ({ value: String(value), label: t.days(value) }))} onChange={pick} />}
    >
      <p className={shapes.hint}>{t.noPeople}</p>
      <Section title={t.figures}>
        <p className={shapes.hint}>{t.figuresHint}</p>
        {trouble ? (
          <ErrorState {...trouble} />
        ) : !data ? (
          <Skeletons lines={8} />
        ) : data.total.leads.value === 0 ? (
          <EmptyState title={t.noFigures} hint={t.noFiguresHint} icon="report" />
        ) : (
          <Table lines={[data.total, ...data.dealers]} />
        )}
        {data?.isCut && <p className={shapes.hint}>{t.isCut}</p>}
      </Section>
    </Page>
  )
}

function Table({ lines }: { lines: readonly DealerFigures[] }) {
  const { dnm: t } = useWords()
  return (
    <ScrollBox label={t.figures}>
      <table className={`${styles.figures} ${styles.stacked}`} aria-label={t.figures}>
        <ResponseHead words={t} before={[t.dealer, t.count, t.burning]} clocks={[t.take, t.contact]} after={[t.conversion, t.sales]} />
        <tbody>
          {lines.map((line) => (
            <Line key={line.dealerId ?? ''} line={line} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  )
}

function Line({ line }: { line: DealerFigures }) {
  const { dnm: t } = useWords()
  const name = line.dealer ?? t.total
  const cell = (figure: NetworkFigure, what: string, of?: number | null) => <Figure figure={figure} label={`${name}, ${what}`} {...(of ? { of } : {})} />
  const minutes = ({ query }: NetworkFigure, value: number | null, what: string) =>
    value === null ? (
      t.minutes(null)
    ) : (
      <Link to={paths.networkLeads} search={readNetworkSearch(query)} aria-label={`${name}, ${what}: ${t.minutes(value)}`}>
        {t.minutes(value)}
      </Link>
    )
  const [take, contact] = [(what: string) => `${t.take}: ${what}`, (what: string) => `${t.contact}: ${what}`]
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-head={t.count}>{cell(line.leads, t.count)}</td>
      <td data-head={t.burning} data-hot={(line.burning.value ?? 0) > 0}>
        {cell(line.burning, t.burning)}
      </td>
      <td data-head={take(t.median)}>{minutes(line.takenTimed, line.takeMedianMinutes, take(t.median))}</td>
      <td data-head={take(t.p90)}>{minutes(line.takenTimed, line.takeP90Minutes, take(t.p90))}</td>
      <td data-head={take(t.inTime)}>{cell(line.takenInTime, take(t.inTime), decided(line.takenInTime, line.takenLate))}</td>
      <td data-head={take(t.late)}>{cell(line.takenLate, take(t.late))}</td>
      <td data-head={contact(t.median)}>{minutes(line.contactTimed, line.contactMedianMinutes, contact(t.median))}</td>
      <td data-head={contact(t.p90)}>{minutes(line.contactTimed, line.contactP90Minutes, contact(t.p90))}</td>
      <td data-head={contact(t.inTime)}>{cell(line.contactInTime, contact(t.inTime), decided(line.contactInTime, line.contactLate))}</td>
      <td data-head={contact(t.late)}>{cell(line.contactLate, contact(t.late))}</td>
      <td data-head={t.conversion}>{cell(line.deals, t.conversion, line.leads.value)}</td>
      <td data-head={t.sales}>{cell(line.sold, t.sales, line.leads.value)}</td>
    </tr>
  )
}

const decided = (a: NetworkFigure, b: NetworkFigure): number | null => (a.value === null || b.value === null ? null : a.value + b.value)

/** A number that opens its rows; what is too small to be told says so. */
function Figure({ figure: { value, query }, label, of }: { figure: NetworkFigure; label: string; of?: number }) {
  const [{ dnm: t }, format] = [useWords(), useFormat()]
  if (value === null) {
    return (
      <span className={shapes.hint} title={t.fewHint}>
        {t.few}
      </span>
    )
  }
  const share = of ? ` (${format.percent(Math.round((value / of) * 100) / 100)})` : ''
  if (value === 0) return <>{`0${share}`}</>
  return (
    <>
      <Link to={paths.networkLeads} search={readNetworkSearch(query)} aria-label={`${label}: ${t.howMany(value)}`}>
        {format.number(value)}
      </Link>
      {share}
    </>
  )
}
