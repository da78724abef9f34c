/** What is promised of the site, of the answer to a person and of destruction. */
import type { Findings } from './run.ts'
import { atLeast, atMost, growthOf, targets, type Verdict } from './verdicts.ts'

export function networkVerdicts({ weight, form, pack, destroy }: Findings): Verdict[] {
  const verdicts = weight.map(({ page, pageBytes, styleBytes }) => atMost(`weight of ${page}`, (pageBytes + styleBytes) / 1024, targets.pageBytes / 1024, 'KB'))
  if (form) {
    verdicts.push(
      atMost('site form to the dealer’s tray: p99', form.single.p99Ms, targets.formMs, 'ms'),
      atMost('site form: never told', form.single.missed, 0, 'requests'),
      atLeast('site form: at the dealer after a burst', form.burst.arrived, form.burst.requests, 'requests'),
      atLeast('site form: burst', form.burst.ratio, targets.formRatio),
    )
  }
  if (pack) verdicts.push(atMost('answer to a person', pack.worstMs / 1000, targets.packMs / 1000, 's'))
  if (destroy) {
    verdicts.push(
      atMost('destruction: last quarter', destroy.lastQuarterS / destroy.firstQuarterS, targets.linear, 'times the first'),
      atMost('destruction: what is left', destroy.left, 0, 'rows'),
    )
    for (const [name, mb] of Object.entries(destroy.memoryMb)) verdicts.push(atMost(`destruction: memory of ${name}`, growthOf(mb), targets.flat, 'times what it was early'))
  }
  return verdicts
}
