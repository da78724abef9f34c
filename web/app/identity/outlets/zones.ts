import type { Choice } from '../../../ui/fields.tsx'

/** Of Russia, from west to east; the rest of the world stands below them. */
const russian = [
  'Europe/Kaliningrad',
  'Europe/Moscow',
  'Europe/Simferopol',
  'Europe/Volgograd',
  'Europe/Astrakhan',
  'Europe/Samara',
  'Europe/Saratov',
  'Europe/Ulyanovsk',
  'Asia/Yekaterinburg',
  'Asia/Omsk',
  'Asia/Novosibirsk',
  'Asia/Barnaul',
  'Asia/Tomsk',
  'Asia/Novokuznetsk',
  'Asia/Krasnoyarsk',
  'Asia/Irkutsk',
  'Asia/Chita',
  'Asia/Yakutsk',
  'Asia/Khandyga',
  'Asia/Vladivostok',
  'Asia/Ust-Nera',
  'Asia/Magadan',
  'Asia/Sakhalin',
  'Asia/Srednekolymsk',
  'Asia/Kamchatka',
  'Asia/Anadyr',
]

const offsetOf = (timeZone: string): string =>
  new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts()
    .find(({ type }) => type === 'timeZoneName')
    ?.value.replace('GMT', 'UTC') ?? ''
const nameOf = (timeZone: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'shortGeneric' }).formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

/** A zone as people name it, with its present offset. */
export const zoneWords = (timeZone: string, locale: string): string => `${nameOf(timeZone, locale)}, ${offsetOf(timeZone)}`

const abroad = (timeZone: string): string => `${timeZone.split('/').at(-1)?.replaceAll('_', ' ')}, ${offsetOf(timeZone)}`
const choices = new Map<string, readonly Choice[]>()
/** Every IANA zone of this browser with its present offset; those of Russia by their names. Made when first needed: there are some four hundred. */
export function zoneChoices(locale: string): readonly Choice[] {
  const made = choices.get(locale)
  if (made) return made
  const all = [...new Set([...russian, ...Intl.supportedValuesOf('timeZone')])]
  const fresh = all.map((timeZone): Choice => ({ value: timeZone, label: `${russian.includes(timeZone) ? zoneWords(timeZone, locale) : abroad(timeZone)} · ${timeZone}` }))
  choices.set(locale, fresh)
  return fresh
}
