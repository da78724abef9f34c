import { fold } from '../normalise/text.ts'

/** Longest skeleton that is kept: with its deletions a name never takes more than twelve tokens, so its length does not show. */
const MAX_SKELETON = 11
/** Below this a deletion leaves nothing to recognise. */
const MIN_FOR_DELETIONS = 3

/** Folded surname with the feminine ending taken off: Иванова and Иванов share tokens; `rank` tells them apart. Idempotent only on folded text. */
export function withoutGender(folded: string): string {
  if (folded.length < 5) return folded
  if (/(?:[ое]ва|[иы]на)$/.test(folded)) return folded.slice(0, -1)
  if (/[сц]кая$/.test(folded)) return `${folded.slice(0, -2)}ий`
  return folded
}

const vowels: Readonly<Record<string, string>> = { о: 'а', ы: 'а', э: 'е', и: 'е', й: 'е', ю: 'у', я: 'а' }
const devoiced: Readonly<Record<string, string>> = { б: 'п', в: 'ф', г: 'к', д: 'т', ж: 'ш', з: 'с' }

/**
 * What is left of a name when everything people confuse is made one (Russian Metaphone family): gender, double letters, unstressed vowels,
 * soft signs, щ and ш, voiced endings, adjectival endings, и before a vowel (Васильев = Vasiliev). Of a raw name; '' when no letter is left.
 */
export const skeleton = (name: string): string => bonesOf(withoutGender(fold(name)))

/** `isLoose` leaves и before a vowel and double letters alone: a slip may have only just made them. */
function bonesOf(folded: string, isLoose = { iota: false, doubles: false }): string {
  const plain = folded
    .replace(/([сц])к(?:[иы][йи]?|о[йи]|е[йи]?)$/, '$1к')
    .replace(/(.{2})(?:ый|ий|ая|ыи|ии|(?<=.{4})ой)$/, '$1')
    .replace(isLoose.iota ? /[ьъ]/g : /[ийьъы](?=[аеоуэюя])/g, '')
    .replace(/[ьъ]/g, '')
    .replace(/[тд]с/g, 'ц')
    .replaceAll('щ', 'ш')
    .replace(/[оыэийюя]/g, (vowel) => vowels[vowel] ?? vowel)
    .replace(/[бвгджз]$/, (sound) => devoiced[sound] ?? sound)
  return (isLoose.doubles ? plain : plain.replace(/(.)\1+/gu, '$1')).slice(0, MAX_SKELETON)
}

/** Letters of a surname within which a slip is looked for: what is longer has its skeleton cut anyway. */
const MAX_SLIPPED = 20
const strictness = [false, true].flatMap((iota) => [false, true].map((doubles) => ({ iota, doubles })))

/**
 * What to look up for a name that may have one slip in it: its own deletions, and those it would have had if the slip had not hidden the feminine
 * ending, made a double letter, or put и before a vowel; and its skeleton with each single letter left out.
 */
export function slippedDeletions(name: string): string[] {
  const folded = fold(name).slice(0, MAX_SLIPPED)
  const forms = [withoutGender(folded), ...(/[ая]$/.test(folded) ? [folded.slice(0, -1)] : [])]
  const shorter = withOneLetterLess(folded)
    .map((less) => bonesOf(withoutGender(less)))
    .filter((bones) => bones.length >= MIN_FOR_DELETIONS)
  return [...new Set([...forms.flatMap((form) => strictness.flatMap((isLoose) => deletions(bonesOf(form, isLoose)))), ...shorter])]
}

/** The skeleton and every skeleton with one letter less: two names one slip apart (insert, delete, replace, swap) share one of them. */
export function deletions(bones: string): string[] {
  if (bones.length < MIN_FOR_DELETIONS) return bones === '' ? [] : [bones]
  return [bones, ...withOneLetterLess(bones)]
}

/** Every different string with one letter taken out. */
export function withOneLetterLess(text: string): string[] {
  const shorter = new Set<string>()
  for (let at = 0; at < text.length; at++) shorter.add(text.slice(0, at) + text.slice(at + 1))
  return [...shorter]
}
