export const periods = [7, 30, 90, 365] as const
export type PulseSearch = { days?: (typeof periods)[number] }

/** How many days back, in the address; thirty when nothing is said. */
export function readPulseSearch({ days }: Record<string, unknown>): PulseSearch {
  const known = periods.find((one) => one === Number(days))
  return known && known !== 30 ? { days: known } : {}
}
