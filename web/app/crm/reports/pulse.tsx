import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { dayOf, fromWallTime, nextDay } from '../../../ui/format.ts'
import { ChoiceField } from '../../../ui/fields.tsx'
import { Page } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/session.tsx'
import { Burning } from './burning.tsx'
import { FunnelReport } from './funnel-report.tsx'
import { periods } from './pulse-search.ts'
import styles from './pulse.module.css'
import { ResponseReport } from './response-report.tsx'

const route = getRouteApi(`/staff${paths.wall}`)
export type PeriodAsked = { since: string; until: string; outletId?: string }

/** The head of sales' wall: what burns this minute, how leads become cars, how fast people answer. Every number opens its rows. */
export function Pulse() {
  const [{ leads: t }, navigate, { days = 30 }] = [useWords(), useNavigate(), route.useSearch()]
  const asked = usePeriod(days)
  return (
    <Page
      title={t.wall}
      filters={
        <ChoiceField
          label={t.periodLabel}
          value={String(days)}
          choices={periods.map((value) => ({ value: String(value), label: t.days(value) }))}
          onChange={(value) => void navigate({ to: paths.wall, search: { days: periods.find((one) => String(one) === value) ?? 30 } })}
        />
      }
    >
      <div className={styles.wall}>
        <div className={styles.wide}>
          <Burning />
        </div>
        <div className={styles.wide}>
          <FunnelReport asked={asked} />
        </div>
        <div className={styles.wide}>
          <ResponseReport asked={asked} />
        </div>
      </div>
    </Page>
  )
}

/** Whole days of the outlet's wall, today included. */
function usePeriod(days: number): PeriodAsked {
  const [{ timeZone }, { chosenOutlet }] = [useFormat(), useSession()]
  const [openedAt] = useState(() => new Date())
  const today = dayOf(openedAt, timeZone)
  return useMemo(() => {
    const midnight = (shift: number): string => fromWallTime(`${nextDay(today, shift)}T00:00`, timeZone) ?? openedAt.toISOString()
    return { since: midnight(1 - days), until: midnight(1), ...(chosenOutlet ? { outletId: chosenOutlet.id } : {}) }
  }, [days, today, timeZone, chosenOutlet, openedAt])
}
