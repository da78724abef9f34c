/** Does an act with the version that it may change; `seen` is the version on the screen when it was asked for. */
export type Turns = <Output extends { version: number }>(seen: number, act: (version: number) => Promise<Output>) => Promise<Output>

/**
 * The acts of one card, one after another. Each names the version that its own predecessor has left, where the screen has not caught up with it: whoever
 * presses two buttons quickly is not told that somebody else was faster. Somebody else's change is still refused, because no answer of ours names it.
 */
export function openTurns(): Turns {
  let own = 0
  let last: Promise<unknown> = Promise.resolve()
  return (seen, act) => {
    const turn = last.then(async () => {
      const output = await act(Math.max(seen, own))
      own = output.version
      return output
    })
    last = turn.catch(() => {})
    return turn
  }
}
