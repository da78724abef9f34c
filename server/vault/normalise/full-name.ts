import { femaleNames, maleNames } from '../tokens/names.ts'
import { normaliseName } from './name.ts'
import { fold } from './text.ts'

/** `isGuess`: the order of the words did not follow from known names and endings; a person should look. */
export type FullName = { surname?: string; given?: string; patronymic?: string; isGuess: boolean }

const known = new Set([...maleNames, ...femaleNames].map(({ name }) => fold(name)))
const isGiven = (word: string): boolean => known.has(fold(word))
const isPatronymic = (word: string): boolean => /(?:вич|вна|ьич|кич|тич|мич|ввич|инична|тична) ?$|(?: |-)(?:оглы|кызы|гызы|улы)$/i.test(word)
const isSurname = (word: string): boolean => /(?:[оеё]в|[оеё]ва|[иы]н|[иы]на|[сц]кий|[сц]кая|[сц]кой|енко|[уюч]к|ян|дзе|швили|[ыи]х|овский)$/i.test(word)
const isInitial = (word: string): boolean => /^\p{L}\.?$/u.test(word)

/**
 * Splits a whole name as one field holds it. Knows surname-first and given-first order, `Иванов, Иван`, initials, `оглы` and `кызы`,
 * and double surnames. A lone word is taken for a given name unless it ends like a surname. Null when there is no name (see normaliseName).
 */
export function splitFullName(full: string): FullName | null {
  const name = normaliseName(full)
  const split = name === null ? null : splitClean(name)
  // «ИВАНОВ Иван» is no spelling of anybody's own: each part is read by itself too.
  return split && { ...split, ...eachClean(split) }
}

function eachClean({ surname, given, patronymic }: FullName): Pick<FullName, 'surname' | 'given' | 'patronymic'> {
  const clean = (part: string): string => normaliseName(part) ?? part
  return { ...(surname ? { surname: clean(surname) } : {}), ...(given ? { given: clean(given) } : {}), ...(patronymic ? { patronymic: clean(patronymic) } : {}) }
}

function splitClean(name: string): FullName | null {
  const comma = name.indexOf(',')
  const words = wordsOf(comma > 0 ? `${name.slice(0, comma)} ${name.slice(comma + 1)}` : name)
  const [first, second, third] = words
  if (first === undefined) return null
  if (second === undefined) return single(first)
  if (comma > 0) return { surname: first, given: second, ...(third === undefined ? {} : { patronymic: words.slice(2).join(' ') }), isGuess: false }
  return third === undefined ? pair(first, second) : many(words)
}

function wordsOf(name: string): string[] {
  // Initials written together (И.И.) are two words; оглы and кызы belong to the word before.
  const words = name
    .replace(/(\p{L})\.(?=\p{L})/gu, '$1. ')
    .split(' ')
    .filter((word) => /\p{L}/u.test(word))
  return words.reduce<string[]>((all, word) => (all.length > 0 && /^(?:оглы|кызы|гызы|улы)$/i.test(word) ? [...all.slice(0, -1), `${all.at(-1)} ${word}`] : [...all, word]), [])
}

const single = (word: string): FullName => (isGiven(word) || !isSurname(word) ? { given: word, isGuess: !isGiven(word) } : { surname: word, isGuess: true })

function pair(first: string, second: string): FullName {
  if (isPatronymic(second) && isGiven(first)) return { given: first, patronymic: second, isGuess: false }
  if (isInitial(second)) return { surname: first, given: second, isGuess: false }
  if (isInitial(first)) return { surname: second, given: first, isGuess: false }
  if (isGiven(second) && !isGiven(first)) return { surname: first, given: second, isGuess: false }
  if (isGiven(first) && !isGiven(second)) return { surname: second, given: first, isGuess: false }
  if (isSurname(second) && !isSurname(first)) return { surname: second, given: first, isGuess: true }
  return { surname: first, given: second, isGuess: true }
}

function many(words: string[]): FullName {
  const last = words.length - 1
  const at = words.findIndex((word, index) => index > 0 && isPatronymic(word))
  // A patronymic that ends the line closes «surname given patronymic»; elsewhere the surname follows it.
  if (isInitial(words[0] ?? '') && isInitial(words[1] ?? '')) return parts(words.slice(2), words[0], words[1], false)
  // Two given names and a surname: Анна Мария Сидорова.
  if (at === -1 && isGiven(words[0] ?? '') && isGiven(words[1] ?? '') && isSurname(words[last] ?? '')) return parts(words.slice(-1), words.slice(0, -1).join(' '), undefined, true)
  if (at === last || at === -1)
    return parts(words.slice(0, last - 1), words[last - 1], words[last], !isInitial(words[last] ?? '') && (at === -1 || !isGiven(words[last - 1] ?? '')))
  return parts(words.slice(at + 1), words.slice(0, at).join(' '), words[at], !isGiven(words[0] ?? ''))
}

const parts = (surname: string[], given: string | undefined, patronymic: string | undefined, isGuess: boolean): FullName => ({
  ...(surname.length > 0 ? { surname: surname.join(' ') } : {}),
  ...(given ? { given } : {}),
  ...(patronymic ? { patronymic } : {}),
  isGuess,
})
