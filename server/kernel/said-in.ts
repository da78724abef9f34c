import { invalid } from './refusal.ts'

type Said<Asked> = { [Name in keyof Asked]?: Exclude<Asked[Name], undefined> }

/** What of a change was said, with the names of it for the log; what was left out stays as it is. A change that says nothing is refused, where it would begin to be said: `at`. */
export function saidIn<Asked extends object>(asked: Asked, at: keyof Asked & string): { change: Said<Asked>; changed: string } {
  const said = Object.entries(asked).filter(([, value]) => value !== undefined)
  if (said.length === 0) throw invalid(at, 'nothing_to_change')
  return { change: Object.fromEntries(said) as Said<Asked>, changed: said.map(([name]) => name).join(',') }
}
