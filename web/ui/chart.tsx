import { Suspense, lazy } from 'react'
import type { ChartOption } from './chart-canvas.tsx'
import styles from './chart.module.css'
import { Skeletons } from './state.tsx'

export type { ChartOption }
export type ChartProps = {
  /** The chart in one sentence with its main numbers: what a screen reader says. */
  summary: string
  option: ChartOption
  heightPx?: number
  /** A number opens the rows behind it. */
  onPick?: (picked: { series: string; name: string }) => void
}

const Canvas = lazy(() => import('./chart-canvas.tsx').then(({ ChartCanvas }) => ({ default: ChartCanvas })))

/** ECharts as SVG; the library is loaded only when a chart is first seen. */
export function Chart({ summary, option, heightPx = 260, onPick }: ChartProps) {
  return (
    <div className={styles.chart} role="img" aria-label={summary} style={{ height: heightPx }}>
      <Suspense fallback={<Skeletons lines={4} height={28} />}>
        <Canvas option={option} {...(onPick ? { onPick } : {})} />
      </Suspense>
    </div>
  )
}
