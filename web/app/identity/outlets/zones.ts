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
const choiceOf = (timeZone: string): Choice => ({ value: timeZone, label: `${timeZone.split('/').at(-1)?.replaceAll('_', ' ')} · ${offsetOf(timeZone)} · ${timeZone}` })

let choices: Choice[] | undefined
/** Every IANA zone of this browser with its present offset. Made when first needed: there are some four hundred. */
export const zoneChoices = (): readonly Choice[] => (choices ??= [...new Set([...russian, ...Intl.supportedValuesOf('timeZone')])].map(choiceOf))
