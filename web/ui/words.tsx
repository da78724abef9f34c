import { createContext, useContext } from 'react'

/** Every word a widget says by itself. The application hands them over in the person's language. */
export type UiWords = {
  save: string
  cancel: string
  close: string
  undo: string
  retry: string
  loading: string
  more: string
  actions: string
  selected: (count: number) => string
  clearSelection: string
  selectRow: string
  resize: (column: string) => string
  shownRows: (count: number) => string
  requestCode: (code: string) => string
  reveal: string
  hide: string
  revealWhy: string
  revealHint: string
  hiddenAgainIn: (seconds: number) => string
  purpose: string
  shortcuts: string
  shortcutsHint: string
  palette: string
  paletteHint: string
  nothingFound: string
  nothingYet: string
  moveLeft: string
  moveRight: string
  cardMoves: string
  moved: (column: string) => string
  notMoved: string
  dueIn: (duration: string) => string
  lateBy: (duration: string) => string
  stopped: string
  showAll: string
  checkFields: string
  /** Somebody wrote the same meanwhile; both are shown, and the person chooses. */
  overwritten: string
  /** Somebody wrote meanwhile, but nothing that is written here. */
  changedElsewhere: string
  yours: string
  theirs: string
  empty: string
  yes: string
  no: string
  required: string
  notChosen: string
  wrong: {
    required: string
    tooShort: (least: number) => string
    tooLong: (most: number) => string
    tooSmall: (least: number) => string
    tooBig: (most: number) => string
    format: string
    any: string
    /** Sentences of what a contract or the server objects to by a code of its own: `kpp_needed`. */
    codes: Readonly<Record<string, string>>
  }
}

const Words = createContext<UiWords | null>(null)
export const UiWordsProvider = Words.Provider

/** The widgets' own words. Throws outside of `UiProvider`. */
export function useUiWords(): UiWords {
  const words = useContext(Words)
  if (!words) throw new Error('useUiWords outside of UiProvider')
  return words
}
