import { useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import styles from './data-table.module.css'
import { useIsPhone } from './media.ts'
import { useDensity } from './provider.tsx'
import { EmptyState, type Emptiness, ErrorState, Skeletons, type Trouble } from './state.tsx'
import { type Sorting, TableHead, gridOf, leastWidth, useWidths } from './table-head.tsx'
import { type TableState, noCursor, selectRange, tableKey, toggle } from './table-keys.ts'
import { SelectionBar } from './selection-bar.tsx'
import { useUiWords } from './words.tsx'

export type Column<Row> = {
  key: string
  title: string
  /** Pixels at first; people drag it wider. */
  width: number
  /** Takes what is left over. */
  grows?: boolean
  align?: 'end'
  sortable?: boolean
  cell: (row: Row) => ReactNode
}
/** A list as it comes: in pages, by keyset. */
export type Rows<Row> = {
  rows: readonly Row[]
  isLoading: boolean
  trouble: Trouble | null
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
}
export type DataTableProps<Row> = {
  /** Names the table for screen readers. */
  label: string
  data: Rows<Row>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** Required: an empty list teaches the next step. */
  empty: Emptiness
  onOpen?: (row: Row) => void
  onPeek?: (row: Row) => void
  /** What can be done with the chosen rows; its presence makes rows choosable. */
  bulk?: (rows: readonly Row[], clear: () => void) => ReactNode
  sorting?: Sorting
  onSort?: (sorting: Sorting) => void
  /** How a row looks on a phone; without it the table scrolls sideways there. */
  card?: (row: Row) => ReactNode
  /** Of the card, in pixels. */
  cardHeight?: number
  /** Draws the eye to a row: late, restricted. */
  rowTone?: (row: Row) => 'late' | 'muted' | 'fresh' | undefined
  /** What a key does with the row under the cursor, by physical key: `{ KeyT: take }`. */
  keys?: Readonly<Record<string, (row: Row) => void>>
  /** The list is what the screen is for: its keys work at once. */
  autoFocus?: boolean
}

/** Virtual rows of 28 or 32 pixels in plain cells. J K and arrows move, X chooses, Space peeks, Enter opens; more is loaded on scroll. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { data, empty } = props
  if (data.trouble && data.rows.length === 0) return <ErrorState {...data.trouble} />
  if (data.isLoading && data.rows.length === 0) return <Skeletons lines={12} />
  if (data.rows.length === 0) return <EmptyState {...empty} />
  return <Grid {...props} />
}

function Grid<Row>(props: DataTableProps<Row>) {
  const { label, data, columns, rowKey, bulk, sorting, onSort, card, cardHeight = 66 } = props
  const [isPhone, [density], id] = [useIsPhone(), useDensity(), useId()]
  const asCards = isPhone && card !== undefined
  const scroller = useRef<HTMLDivElement>(null)
  const { widths, resize } = useWidths(columns)
  const virtual = useLines(data.rows, rowKey, scroller, asCards ? cardHeight : density === 'compact' ? 28 : 32)
  useEffect(() => {
    if (props.autoFocus) scroller.current?.focus({ preventScroll: true })
  }, [props.autoFocus])
  const { state, setState, onKeyDown } = useKeys(props, (index) => virtual.scrollToIndex(index), scroller)
  const shown = virtual.getVirtualItems()
  useMoreAtTheEnd(data, shown.at(-1)?.index ?? 0)
  const template = asCards ? undefined : gridOf(columns, widths, bulk !== undefined)
  const onClick = (event: MouseEvent): void => {
    const index = lineAt(event.target as HTMLElement)
    const row = index === null ? undefined : data.rows[index]
    if (index === null || row === undefined) return
    setState({ ...state, cursor: index, anchor: index })
    props.onOpen?.(row)
  }
  return (
    <div className={styles.frame}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={data.hasMore ? -1 : data.rows.length + 1}
        aria-multiselectable={bulk !== undefined}
        aria-activedescendant={state.cursor >= 0 ? `${id}-${state.cursor}` : undefined}
        tabIndex={0}
        data-cards={asCards || undefined}
        style={asCards ? undefined : ({ '--it-columns': leastWidth(columns, widths, bulk !== undefined) } as CSSProperties)}
        onClick={onClick}
        onKeyDown={onKeyDown}
      >
        <TableHead columns={columns} template={template} resize={resize} canSelect={bulk !== undefined} {...(sorting ? { sorting } : {})} {...(onSort ? { onSort } : {})} />
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map(({ index, key, start, size }) => (
            <Line
              key={key}
              {...props}
              id={`${id}-${index}`}
              index={index}
              asCard={asCards}
              state={state}
              setState={setState}
              measure={virtual.measureElement}
              style={{ transform: `translateY(${start}px)`, height: asCards ? undefined : size, gridTemplateColumns: template }}
            />
          ))}
        </div>
      </div>
      <Foot data={data} rowKey={rowKey} bulk={bulk} selected={state.selected} clear={() => setState({ ...state, selected: new Set() })} />
    </div>
  )
}

type FootProps<Row> = Pick<DataTableProps<Row>, 'data' | 'rowKey'> & { bulk: DataTableProps<Row>['bulk'] | undefined; selected: ReadonlySet<string>; clear: () => void }

/** How many rows there are, and what can be done with those that are chosen. */
function Foot<Row>({ data, rowKey, bulk, selected, clear }: FootProps<Row>) {
  const words = useUiWords()
  const chosen = data.rows.filter((row) => selected.has(rowKey(row)))
  return (
    <>
      <div className={styles.foot} role="status">
        {data.isLoadingMore ? words.loading : words.shownRows(data.rows.length)}
      </div>
      {bulk && chosen.length > 0 && (
        <SelectionBar count={chosen.length} onClear={clear}>
          {bulk(chosen, clear)}
        </SelectionBar>
      )}
    </>
  )
}

/** Which row was clicked: none when it was on something with clicks of its own, which says so by `data-own-click`. */
function lineAt(target: HTMLElement): number | null {
  const line = target.closest('[data-own-click]') ? null : target.closest<HTMLElement>('[data-index]')
  return line ? Number(line.dataset.index) : null
}

function useLines<Row>(rows: readonly Row[], rowKey: (row: Row) => string, scroller: { current: HTMLDivElement | null }, heightPx: number) {
  // oxlint-disable-next-line react/incompatible-library -- no React Compiler is used here: nothing would be memoized wrongly
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => heightPx,
    overscan: 8,
    getItemKey: (index) => rowKey(rows[index] as Row),
  })
  useEffect(() => virtual.measure(), [virtual, heightPx])
  return virtual
}

function useMoreAtTheEnd({ rows, hasMore, isLoadingMore, loadMore, trouble }: Rows<unknown>, lastShown: number): void {
  const isNear = lastShown >= rows.length - 15
  useEffect(() => {
    if (isNear && hasMore && !isLoadingMore && !trouble) loadMore()
  }, [isNear, hasMore, isLoadingMore, trouble, loadMore])
}

function useKeys<Row>({ data, rowKey, bulk, onOpen, onPeek, keys }: DataTableProps<Row>, reveal: (index: number) => void, scroller: { current: HTMLElement | null }) {
  const [state, setState] = useState<TableState>(noCursor)
  const ownKey = (event: KeyboardEvent<HTMLElement>): void => {
    const [row, act] = [data.rows[state.cursor], keys?.[event.code]]
    if (row === undefined || !act || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    event.preventDefault()
    act(row)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // Keys pressed in a link or a button of a cell are theirs.
    if (event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 320) / 32) - 2)
    const step = tableKey(state, event, data.rows.map(rowKey), page, bulk !== undefined)
    if (!step) return ownKey(event)
    event.preventDefault()
    if (step.state.cursor !== state.cursor) reveal(step.state.cursor)
    setState(step.state)
    const row = data.rows[step.state.cursor]
    if (row === undefined) return
    if (step.act === 'open') onOpen?.(row)
    if (step.act === 'peek') (onPeek ?? onOpen)?.(row)
  }
  return { state, setState, onKeyDown }
}

type LineProps<Row> = DataTableProps<Row> & {
  id: string
  index: number
  asCard: boolean
  state: TableState
  setState: (state: TableState) => void
  /** Of a card, whose height is what its text needs. */
  measure: (line: HTMLElement | null) => void
  style: { transform: string; height: number | undefined; gridTemplateColumns: string | undefined }
}

function Line<Row>({ data, columns, rowKey, bulk, onOpen, card, rowTone, id, index, asCard, state, setState, measure, style }: LineProps<Row>) {
  const words = useUiWords()
  const row = data.rows[index] as Row
  const key = rowKey(row)
  const isSelected = state.selected.has(key)
  const choose = (withShift: boolean): void => {
    const selected = withShift && state.anchor >= 0 ? selectRange(state.selected, data.rows.map(rowKey), state.anchor, index) : toggle(state.selected, key)
    setState({ cursor: index, anchor: index, selected })
  }
  const shared = {
    id,
    role: 'row',
    'aria-rowindex': index + 2,
    'data-index': index,
    className: styles.row,
    'data-cursor': index === state.cursor || undefined,
    'data-tone': rowTone?.(row),
    style,
  } as const
  if (asCard && card) {
    return (
      <div {...shared} ref={measure}>
        <div role="gridcell" className={styles.card}>
          {card(row)}
        </div>
      </div>
    )
  }
  return (
    <div {...shared} aria-selected={bulk ? isSelected : undefined} data-openable={onOpen ? true : undefined}>
      {bulk && (
        <div role="gridcell" className={styles.cell} data-own-click>
          <input type="checkbox" tabIndex={-1} aria-label={words.selectRow} checked={isSelected} onChange={() => undefined} onClick={(event) => choose(event.shiftKey)} />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.key} role="gridcell" className={styles.cell} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  )
}
