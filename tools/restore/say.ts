/** Tells what was done and seen. */
export type Say = (sentence: string) => void

/** Something that was destroyed can be seen again. */
export class RestoreFailed extends Error {
  override readonly name = 'RestoreFailed'
}

/** Says the sentence when it is so; else ends the check with it. */
export function mustBe(isSo: boolean, sentence: string, say: Say): void {
  if (!isSo) throw new RestoreFailed(`NOT SO: ${sentence}`)
  say(sentence)
}
