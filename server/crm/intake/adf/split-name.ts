/** A full name taken apart. It is always a guess: a person looks at it. */
export type SplitName = { surname: string | null; given: string | null; patronymic: string | null }

const patronymic = /(?:ович|евич|ьич|кузьмич|фомич|лукич|овна|евна|ична|инична|ovich|evich|ovna|evna|ichna)$/i
const turkic = /^(?:оглы|оглу|кызы|гызы|улы|уулу)$/i
const surname = /(?:ов|ев|ёв|ин|ын|ова|ева|ёва|ина|ына|ский|цкий|ская|цкая|ской|цкой|енко|чук|щук|юк|ян|янц|швили|дзе|ых|их|ov|ev|ova|eva|sky|skiy|skaya|enko)$/i
/** Given names that look like surnames. */
const givenNames = new Set([
  'лев',
  'константин',
  'валентин',
  'мартин',
  'севастьян',
  'марина',
  'ирина',
  'екатерина',
  'полина',
  'алина',
  'галина',
  'нина',
  'карина',
  'кристина',
  'валентина',
  'ангелина',
  'регина',
  'антонина',
  'дарина',
  'арина',
  'сабина',
  'эльвина',
  'камиль',
  'дамир',
  'себастьян',
  'ян',
  'севиндж',
  'амин',
  'эмин',
  'ярослав',
])

/**
 * Splits «Иванов Иван Иванович», «Иван Иванович Иванов», «Иван Иванович», «Мария Петрова», Ivan Petrov. The patronymic shows the order;
 * without one a familiar ending does; without either, Cyrillic is read surname first and Latin given name first.
 */
export function splitName(full: string): SplitName {
  const words = full.split(/[\s,]+/).filter(Boolean)
  const middle = words.findIndex((word, index) => index > 0 && patronymic.test(word))
  const last = words.findIndex((word, index) => index > 1 && turkic.test(word))
  if (last > 1) return { surname: join(words.slice(0, last - 2)), given: words[last - 2] ?? null, patronymic: join(words.slice(last - 1, last + 1)) }
  if (middle >= 2) return { surname: join(words.slice(0, middle - 1)), given: words[middle - 1] ?? null, patronymic: join(words.slice(middle)) }
  // In «Мария Абрамович» the ending belongs to a surname; in «Мария Ивановна» it cannot.
  if (middle === 1) return { given: words[0] ?? null, patronymic: words[1] ?? null, surname: join(words.slice(2)) }
  return splitPlain(words, full)
}

function splitPlain(words: string[], full: string): SplitName {
  const [first, second] = words
  if (first === undefined || second === undefined) return { surname: null, given: first ?? null, patronymic: null }
  const rest = join(words.slice(1))
  const isSurname = (word: string) => surname.test(word) && !givenNames.has(word.toLowerCase())
  const isSurnameFirst = full.includes(',') || (isSurname(first) ? true : isSurname(words.at(-1) ?? '') ? false : /[а-яё]/i.test(full))
  if (!isSurnameFirst) return { given: join(words.slice(0, -1)), patronymic: null, surname: words.at(-1) ?? null }
  return words.length === 3 ? { surname: first, given: second, patronymic: words[2] ?? null } : { surname: first, given: rest, patronymic: null }
}

function join(words: string[]): string | null {
  return words.length > 0 ? words.join(' ') : null
}
