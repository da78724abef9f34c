import { type PointerEvent, useCallback, useState } from 'react'
import type { Column } from './data-table.tsx'
import styles from './data-table.module.css'
import { useUiWords } from './words.tsx'

export type Sorting = { key: string; isDescending: boolean }
type Widths = Readonly<Record<string, number>>
const leastPx = 48
const stepPx = 16

/** Widths people have dragged, in pixels, by column. */
export function useWidths<Row>(columns: readonly Column<Row>[]): { widths: Widths; resize: (key: string, px: number) => void } {
  const [widths, setWidths] = useState<Widths>(() => Object.fromEntries(columns.filter((column) => !column.grows).map(({ key, width }) => [key, width])))
  const resize = useCallback((key: string, px: number) => setWidths((now) => ({ ...now, [key]: Math.max(leastPx, Math.round(px)) })), [])
  return { widths, resize }
}

/** The `grid-template-columns` all lines share. A growing column keeps at least its width until it is dragged. */
export function gridOf<Row>(columns: readonly Column<Row>[], widths: Widths, canSelect: boolean): string {
  const tracks = columns.map(({ key, width, grows }) => {
    const chosen = widths[key]
    return chosen === undefined && grows ? `minmax(${width}px, 1fr)` : `${chosen ?? width}px`
  })
  return [...(canSelect ? ['36px'] : []), ...tracks].join(' ')
}

/** The width below which the table scrolls: the same for every line, whatever stands in it. */
export function leastWidth<Row>(columns: readonly Column<Row>[], widths: Widths, canSelect: boolean): string {
  return `${columns.reduce((sum, { key, width }) => sum + (widths[key] ?? width), canSelect ? 36 : 0)}px`
}

type TableHeadProps<Row> = {
  columns: readonly Column<Row>[]
  template: string | undefined
  resize: (key: string, px: number) => void
  canSelect: boolean
  sorting?: Sorting
  onSort?: (sorting: Sorting) => void
}

export function TableHead<Row>({ columns, template, resize, canSelect, sorting, onSort }: TableHeadProps<Row>) {
  const words = useUiWords()
  return (
    <div role="rowgroup" className={template ? styles.head : 'it-hidden'}>
      <div role="row" aria-rowindex={1} className={styles.headRow} style={{ gridTemplateColumns: template }}>
        {canSelect && (
          <div role="columnheader" className={styles.headCell}>
            <span className="it-hidden">{words.selectRow}</span>
          </div>
        )}
        {columns.map((column) => {
          const isSorted = sorting?.key === column.key
          const order = isSorted ? (sorting.isDescending ? 'descending' : 'ascending') : 'none'
          return (
            <div key={column.key} role="columnheader" className={styles.headCell} data-align={column.align} aria-sort={column.sortable ? order : undefined}>
              {column.sortable && onSort ? (
                <button type="button" className={styles.sort} onClick={() => onSort({ key: column.key, isDescending: isSorted && !sorting.isDescending })}>
                  {column.title}
                  <span aria-hidden="true">{isSorted ? (sorting.isDescending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              ) : (
                column.title || <span className="it-hidden">{words.actions}</span>
              )}
              {template && <Handle column={column} resize={resize} />}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Dragged by the mouse; by keyboard with the arrows, as an ARIA window splitter. */
function Handle<Row>({ column, resize }: { column: Column<Row>; resize: (key: string, px: number) => void }) {
  const words = useUiWords()
  const widthOf = (element: HTMLElement): number => element.parentElement?.getBoundingClientRect().width ?? column.width
  const drag = (event: PointerEvent<HTMLElement>): void => {
    event.preventDefault()
    const handle = event.currentTarget
    const [fromX, fromPx] = [event.clientX, widthOf(handle)]
    handle.setPointerCapture(event.pointerId)
    const move = (moved: globalThis.PointerEvent): void => resize(column.key, fromPx + moved.clientX - fromX)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  return (
    <span
      role="separator"
      aria-orientation="vertical"
      aria-label={words.resize(column.title)}
      aria-valuenow={column.width}
      tabIndex={0}
      className={styles.handle}
      onPointerDown={drag}
      onKeyDown={(event) => {
        if (event.code !== 'ArrowLeft' && event.code !== 'ArrowRight') return
        event.preventDefault()
        event.stopPropagation()
        resize(column.key, widthOf(event.currentTarget) + (event.code === 'ArrowRight' ? stepPx : -stepPx))
      }}
    />
  )
}
