/** Where the keyboard is in a table and what is chosen. Pure, so that it can be tried without a browser. */
export type TableState = { cursor: number; anchor: number; selected: ReadonlySet<string> }
export type TableKey = { code: string; shiftKey: boolean; ctrlKey: boolean; metaKey: boolean; altKey: boolean }
export type TableStep = { state: TableState; act?: 'open' | 'peek' } | null

export const noCursor: TableState = { cursor: -1, anchor: -1, selected: new Set() }

const ahead: Record<string, (state: TableState, count: number, page: number) => number> = {
  ArrowDown: ({ cursor }) => cursor + 1,
  KeyJ: ({ cursor }) => cursor + 1,
  ArrowUp: ({ cursor }) => cursor - 1,
  KeyK: ({ cursor }) => cursor - 1,
  PageDown: ({ cursor }, _, page) => cursor + page,
  PageUp: ({ cursor }, _, page) => cursor - page,
  Home: () => 0,
  End: (_, count) => count - 1,
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))

/** Every row between the two, both included, added to what was chosen. */
export function selectRange(selected: ReadonlySet<string>, keys: readonly string[], from: number, to: number): ReadonlySet<string> {
  const [low, high] = from < to ? [from, to] : [to, from]
  return new Set([...selected, ...keys.slice(Math.max(0, low), high + 1)])
}

export function toggle(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected)
  if (!next.delete(key)) next.add(key)
  return next
}

/**
 * J K and arrows move, with Shift they choose; X chooses one; Ctrl+A all that are shown; Enter opens, Space peeks, Escape lets go.
 * @param keys of the shown rows, in order. @param page rows per screen. @returns null when the key means nothing here.
 */
export function tableKey(state: TableState, event: TableKey, keys: readonly string[], page: number, canSelect: boolean): TableStep {
  const count = keys.length
  if (count === 0 || event.altKey) return null
  if (event.ctrlKey || event.metaKey) return event.code === 'KeyA' && canSelect ? { state: { ...state, selected: new Set(keys) } } : null
  const move = ahead[event.code]
  if (move) {
    const cursor = clamp(state.cursor < 0 ? 0 : move(state, count, page), count)
    if (!event.shiftKey || !canSelect || event.code.startsWith('Key')) return { state: { ...state, cursor, anchor: cursor } }
    const anchor = state.anchor < 0 ? clamp(state.cursor, count) : state.anchor
    return { state: { cursor, anchor, selected: selectRange(state.selected, keys, anchor, cursor) } }
  }
  if (event.code === 'Escape') return state.selected.size > 0 ? { state: { ...state, selected: new Set() } } : null
  const key = keys[state.cursor]
  if (key === undefined) return null
  if (event.code === 'Enter') return { state, act: 'open' }
  if (event.code === 'Space') return { state, act: 'peek' }
  if (event.code === 'KeyX' && canSelect) return { state: { ...state, anchor: state.cursor, selected: toggle(state.selected, key) } }
  return null
}
