/** The zone as people name it and how far it is from UTC on that day, put into the phrase. */
export function zoneName(say: (zone: string, offset: string) => string, timeZone: string, instant: string, locale: 'ru' | 'en'): string {
  const part = (timeZoneName: 'longGeneric' | 'shortOffset'): string =>
    new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(new Date(instant)).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
  return say(part('longGeneric'), part('shortOffset').replace('GMT', 'UTC'))
}

/** Where an arrow leads in the grid of `cars` × `hours`; null for any other key. */
export function stepIn(code: string, from: { car: number; hour: number }, size: { cars: number; hours: number }): { car: number; hour: number } | null {
  const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value))
  switch (code) {
    case 'ArrowRight':
      return { ...from, hour: within(from.hour + 1, size.hours) }
    case 'ArrowLeft':
      return { ...from, hour: within(from.hour - 1, size.hours) }
    case 'ArrowDown':
      return { ...from, car: within(from.car + 1, size.cars) }
    case 'ArrowUp':
      return { ...from, car: within(from.car - 1, size.cars) }
    case 'Home':
      return { ...from, hour: 0 }
    case 'End':
      return { ...from, hour: size.hours - 1 }
    default:
      return null
  }
}
