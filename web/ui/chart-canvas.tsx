import { useComputedColorScheme } from '@mantine/core'
import { BarChart, FunnelChart, LineChart, PieChart, type BarSeriesOption, type FunnelSeriesOption, type LineSeriesOption, type PieSeriesOption } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent, type GridComponentOption, type LegendComponentOption, type TooltipComponentOption } from 'echarts/components'
import { type ComposeOption, init, use as register } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'
import styles from './chart.module.css'

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | PieSeriesOption | FunnelSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>

register([BarChart, LineChart, PieChart, FunnelChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer])

const palettes = { light: ['#1f6a5e', '#c98a1b', '#4c6f9a', '#a6483c', '#7a6a9c', '#65ae9f'], dark: ['#65ae9f', '#e0b04f', '#86a9d6', '#e08b80', '#b3a4d6', '#2f8173'] }

/** Colours of the theme under everything the caller says. */
function dressed(option: ChartOption, scheme: 'light' | 'dark'): ChartOption {
  const css = getComputedStyle(document.documentElement)
  const [ink, dim, line, surface] = ['--mantine-color-text', '--mantine-color-dimmed', '--it-line', '--it-surface'].map((name) => css.getPropertyValue(name).trim()) as [
    string,
    string,
    string,
    string,
  ]
  const axis = { axisLine: { lineStyle: { color: line } }, axisLabel: { color: dim }, splitLine: { lineStyle: { color: line } } }
  const tooltip = { trigger: 'axis', renderMode: 'html', backgroundColor: surface, borderColor: line, textStyle: { color: ink, fontSize: 12 } } as const
  return {
    color: palettes[scheme],
    animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    textStyle: { fontFamily: css.getPropertyValue('--mantine-font-family'), color: ink },
    grid: { left: 8, right: 12, top: 24, bottom: 4, containLabel: true },
    tooltip,
    ...option,
    ...('xAxis' in option ? { xAxis: { ...axis, ...option.xAxis } } : {}),
    ...('yAxis' in option ? { yAxis: { ...axis, ...option.yAxis } } : {}),
  } as ChartOption
}

/** The part that loads ECharts; use `Chart`. */
export function ChartCanvas({ option, onPick }: { option: ChartOption; onPick?: (picked: { series: string; name: string }) => void }) {
  const scheme = useComputedColorScheme('light')
  const element = useRef<HTMLDivElement>(null)
  const pick = useRef(onPick)
  useEffect(() => {
    pick.current = onPick
  })
  useEffect(() => {
    if (!element.current) return undefined
    const chart = init(element.current, undefined, { renderer: 'svg' })
    chart.setOption(dressed(option, scheme))
    chart.on('click', (event) => pick.current?.({ series: String(event.seriesName ?? ''), name: String(event.name) }))
    const observer = new ResizeObserver(() => chart.resize())
    observer.observe(element.current)
    return () => {
      observer.disconnect()
      chart.dispose()
    }
  }, [option, scheme])
  return <div ref={element} className={styles.canvas} />
}
