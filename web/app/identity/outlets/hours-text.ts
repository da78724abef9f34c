import { type WeekHours, type Weekday, weekdays } from '../../../../contract/identity/outlet.ts'

type Said = { shortDays: Record<Weekday, string>; closed: string }

/** The week by runs of equal days: `пн–пт 09:00–21:00`, `сб 10:00–18:00`, `вс выходной`. */
export function hoursText(week: WeekHours, words: Said): string[] {
  const runs: { from: Weekday; to: Weekday; hours: string }[] = []
  for (const day of weekdays) {
    const hours = week[day]?.join('–') ?? words.closed
    const last = runs.at(-1)
    if (last?.hours === hours) last.to = day
    else runs.push({ from: day, to: day, hours })
  }
  return runs.map(({ from, to, hours }) => `${words.shortDays[from]}${to === from ? '' : `–${words.shortDays[to]}`} ${hours}`)
}
