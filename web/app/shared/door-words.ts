import type { Words } from '../../../i18n/ru/index.ts'

/** The door of an entry of the log in words. One that nobody has named stays as it is written: an entry is never shown without it. */
export function doorIn(words: Words['doors'], door: string): string {
  const { screens, places, jobs, others }: Record<keyof Words['doors'], Record<string, string>> = words
  const task = /^job (.+)$/.exec(door)?.[1]
  const place = /^[A-Z]+ \/([^/]+)/.exec(door)?.[1]
  return screens[door] ?? others[door] ?? (task ? jobs[task] : place ? places[place] : undefined) ?? door
}
