import { fold } from '../normalise/text.ts'

/**
 * Latin to Cyrillic by longest match. Joins the passport scheme (ICAO Doc 9303), ГОСТ 7.79-2000 system B and what people type; where the
 * schemes disagree a cluster has several readings. What is unclear beyond that (е/э, ь left out) is made one by the skeleton.
 */
const clusters: Readonly<Record<string, readonly string[]>> = {
  shch: ['щ'],
  sch: ['щ', 'ш'],
  tch: ['ч'],
  zh: ['ж'],
  kh: ['х'],
  ch: ['ч'],
  sh: ['ш'],
  ts: ['ц'],
  tz: ['ц'],
  th: ['т'],
  ph: ['ф'],
  ck: ['к'],
  yo: ['ё'],
  jo: ['ё'],
  yu: ['ю'],
  iu: ['ю'],
  ju: ['ю'],
  ya: ['я'],
  ia: ['я'],
  ja: ['я'],
  ye: ['е'],
  je: ['е'],
  yi: ['ьи'],
  a: ['а'],
  b: ['б'],
  c: ['ц', 'к'],
  d: ['д'],
  e: ['е'],
  f: ['ф'],
  g: ['г'],
  h: ['х', 'г'],
  i: ['и'],
  j: ['й', 'ж', 'дж'],
  k: ['к'],
  l: ['л'],
  m: ['м'],
  n: ['н'],
  o: ['о'],
  p: ['п'],
  q: ['к'],
  r: ['р'],
  s: ['с'],
  t: ['т'],
  u: ['у'],
  v: ['в'],
  w: ['в'],
  x: ['кс', 'х'],
  y: ['ы'],
  z: ['з'],
  "'": ['ь'],
}
const LONGEST = 4
const MAX_READINGS = 6

export const hasLatin = (text: string): boolean => /[a-z]/i.test(text)

/** Up to six Cyrillic readings of a Latin name, likeliest first, in small letters; Cyrillic text comes back as it is. */
export function latinToCyrillic(name: string): string[] {
  // Accented Latin letters have a plain one beneath them.
  if (!/\p{Script=Latin}/u.test(name)) return [name]
  const text = name
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
  let readings = ['']
  for (let at = 0; at < text.length;) {
    const [length, options] = clusterAt(text, at)
    readings = readings.flatMap((start) => options.map((option) => start + option)).slice(0, MAX_READINGS)
    at += length
  }
  return [...new Set(readings)]
}

function clusterAt(text: string, at: number): [number, readonly string[]] {
  if (text[at] === 'y') {
    const isLast = !/[a-z]/.test(text[at + 1] ?? '')
    if (/[aeiou]/.test(text[at - 1] ?? '') && !/[aeou]/.test(text[at + 1] ?? '')) return [1, ['й']]
    if (isLast) return [1, ['ий']]
  }
  for (let length = LONGEST; length > 0; length--) {
    const options = Object.hasOwn(clusters, text.slice(at, at + length)) ? clusters[text.slice(at, at + length)] : undefined
    if (options) return [Math.min(length, text.length - at), options]
  }
  return [1, [text.charAt(at)]]
}

const english = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const russian = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const englishUpper = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const toRussian = new Map(Array.from(english + englishUpper, (key, at) => [key, (russian + russian.toUpperCase()).charAt(at)]))
const toEnglish = new Map(Array.from(russian + russian.toUpperCase(), (key, at) => [key, (english + englishUpper).charAt(at)]))
// Shift+2 is @ on one keyboard and a quotation mark on the other.
toEnglish.set('"', '@')

/** What the same keys give on the Russian layout: `Bdfyjd` → `Иванов`. */
export const keysAsRussian = (typed: string): string => Array.from(typed, (key) => toRussian.get(key) ?? key).join('')
/** What the same keys give on the English layout: `шмфт"ьфшдюкг` → `ivan@mail.ru`. */
export const keysAsEnglish = (typed: string): string => Array.from(typed, (key) => toEnglish.get(key) ?? key).join('')

/** Could this be a Russian name? Asked of repaired layouts, so that nonsense is not searched for. */
export function looksLikeName(text: string): boolean {
  const folded = fold(text)
  return /^[а-я]{2,}$/.test(folded) && !/^[ьъы]/.test(folded) && /[аеиоуыэюя]/.test(folded) && !/[бвгджзйклмнпрстфхцчшщ]{5}|[аеиоуыэюя]{4}|[ьъ]{2}/.test(folded)
}
