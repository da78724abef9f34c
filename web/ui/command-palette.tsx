import { Modal } from '@mantine/core'
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useState } from 'react'
import styles from './command-palette.module.css'
import { Icon } from './icon.tsx'
import { type Command, rank } from './palette.ts'
import { keycaps } from './shortcuts.ts'
import { useIsPhone } from './media.ts'
import { useUiWords } from './words.tsx'

export type { Command }
type PaletteProps = {
  isOpen: boolean
  onClose: () => void
  commands: readonly Command[]
  /** Records: asked 180 ms after the last key, from the third character on. Aborted by the next key. */
  search?: (query: string, signal: AbortSignal) => Promise<Command[]>
}
const pauseMs = 180
const fewestCharacters = 3

/** Ctrl+K: actions, screens and records in one box, with the key of each action beside it. */
export function CommandPalette({ isOpen, onClose, commands, search }: PaletteProps) {
  const [words, isPhone] = [useUiWords(), useIsPhone()]
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={isPhone}
      title={isPhone ? words.palette : undefined}
      closeButtonProps={{ 'aria-label': words.close }}
      attributes={{ content: { 'aria-label': words.palette }, header: { role: 'none' } }}
      fullScreen={isPhone}
      size={620}
      yOffset="12vh"
      centered={false}
      padding={0}
    >
      <Box onClose={onClose} commands={commands} {...(search ? { search } : {})} />
    </Modal>
  )
}

function Box({ onClose, commands, search }: Omit<PaletteProps, 'isOpen'>) {
  const [words, id] = [useUiWords(), useId()]
  const [query, setQuery] = useState('')
  const [cursor, setCursor] = useState(0)
  const { found, isSearching } = useSearch(query, search)
  const shown = [...found, ...rank(commands, query)]
  const run = (command: Command | undefined): void => {
    if (!command) return
    onClose()
    command.run()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code]
    if (step !== undefined) setCursor((shown.length + cursor + step) % Math.max(1, shown.length))
    else if (event.code === 'Enter') run(shown[cursor])
    else return
    event.preventDefault()
  }
  const pick = (event: MouseEvent): void => {
    const option = (event.target as HTMLElement).closest<HTMLElement>('[data-index]')
    if (option) run(shown[Number(option.dataset.index)])
  }
  return (
    <>
      <div className={styles.ask}>
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={shown[cursor] ? `${id}-${cursor}` : undefined}
          aria-label={words.palette}
          placeholder={words.paletteHint}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => (setQuery(event.target.value), setCursor(0))}
        />
      </div>
      <div id={id} role="listbox" aria-label={words.palette} className={styles.list} tabIndex={-1} onClick={pick} onKeyDown={onKeyDown}>
        {shown.map((command, index) => (
          <Option
            key={`${command.group}/${command.id}`}
            id={`${id}-${index}`}
            index={index}
            command={command}
            isActive={index === cursor}
            isFirst={shown[index - 1]?.group !== command.group}
          />
        ))}
      </div>
      <p className={styles.state} role="status">
        {isSearching ? words.loading : shown.length === 0 ? words.nothingFound : ''}
      </p>
    </>
  )
}

function Option({ id, index, command, isActive, isFirst }: { id: string; index: number; command: Command; isActive: boolean; isFirst: boolean }) {
  useEffect(() => {
    if (isActive) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }, [id, isActive])
  return (
    <div id={id} role="option" aria-selected={isActive} data-index={index} className={styles.option}>
      {isFirst && <span className={styles.group}>{command.group}</span>}
      <span className={styles.line} data-active={isActive || undefined}>
        <span>{command.title}</span>
        {command.hint && <span className={styles.hint}>{command.hint}</span>}
        {command.keys && <Keycaps keys={command.keys} />}
      </span>
    </div>
  )
}

/** The keys of a shortcut as keycaps. */
export function Keycaps({ keys }: { keys: string }) {
  const isMac = navigator.platform.startsWith('Mac')
  return (
    <span className={styles.keys}>
      {keycaps(keys, isMac)
        .flat()
        .map((cap, index) => (
          <kbd key={`${cap}${index}`}>{cap}</kbd>
        ))}
    </span>
  )
}

function useSearch(query: string, search: PaletteProps['search']): { found: readonly Command[]; isSearching: boolean } {
  const [answer, setAnswer] = useState<{ query: string; found: readonly Command[] }>({ query: '', found: [] })
  const isAsked = search !== undefined && query.trim().length >= fewestCharacters
  useEffect(() => {
    if (!isAsked || !search) return undefined
    const abort = new AbortController()
    const timer = setTimeout(() => {
      const settle = (found: readonly Command[]): void => (abort.signal.aborted ? undefined : setAnswer({ query, found }))
      search(query.trim(), abort.signal).then(settle, () => settle([]))
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [query, isAsked, search])
  return isAsked ? { found: answer.query === query ? answer.found : [], isSearching: answer.query !== query } : { found: [], isSearching: false }
}
