/** Where a stage says how it ends: the context of a test, or what all tests of a file share. */
export type Ending = { after: (end: () => unknown) => void }

/** For a stage that all tests of a file share: `before(async () => { house = await stage(ends) })`, `after(ends.close)`. What was opened last is closed first. */
export function openEnds(): Ending & { close: () => Promise<void> } {
  const ends: (() => unknown)[] = []
  return {
    after: (end) => void ends.push(end),
    close: async () => {
      for (const end of ends.toReversed()) await end()
    },
  }
}
