import type { ConsentKind, ConsentParts } from './consent.ts'

/** `at` is the field as the contract names it: `parts.data.2`. */
export type TextProblem = { at: string; why: 'placeholder' | 'open_list' | 'two_purposes' | 'inaction' | 'no_term' | 'foreign_operation' | 'document_not_listed' }

const placeholder = /_{2,}|\.{4,}|\{\{|\}\}|<[^>]*>|\[[^\]]*\]|(?:^|\s)(?:XXX+|TODO|TBD|ФИО\s*:?\s*$)|оставить,? если|заполнить|указать (?:название|адрес)/i
const openList = /и т\.\s?д|и т\.\s?п|и другие|и иные|а также иная|в том числе,? но не ограничиваясь|любы(?:е|ми) (?:иные|другие|не противоречащ)/i
const inaction = /оставаясь на сайте|продолжая (?:использ|пользов)|бездействие|по умолчанию/i
const term = /\d|до отзыва|до достижения цел|месяц|год|дн(?:я|ей)/i
const advertisingWords = /реклам|рассылк|продвижени|маркетинг|акци(?:и|ях)|спецпредложени/i

/**
 * Why a text may not be published: placeholders and template leftovers, lists without an end, consent by doing nothing, no term, and a
 * second purpose mixed in (152-ФЗ art. 9 ч.1: specific, informed, separate). Empty when it may. The editor asks it while one types, the server again.
 */
export function lintText(kind: ConsentKind, parts: ConsentParts): TextProblem[] {
  const problems: TextProblem[] = []
  for (const [at, text] of wordsOf(parts)) {
    if (placeholder.test(text)) problems.push({ at, why: 'placeholder' })
    if (openList.test(text)) problems.push({ at, why: 'open_list' })
    if (inaction.test(text)) problems.push({ at, why: 'inaction' })
  }
  if (!term.test(parts.term)) problems.push({ at: 'parts.term', why: 'no_term' })
  if (!kind.startsWith('advertising') && kind !== 'cookies_marketing' && advertisingWords.test(parts.purpose)) problems.push({ at: 'parts.purpose', why: 'two_purposes' })
  // On paper a person writes down address and document, so these are among the data that are kept (art. 9 ч.4 п.1, 5).
  if (parts.form === 'written' && ![/адрес(?! электронн)/i, /документ|паспорт/i].every((needed) => parts.data.some((text) => needed.test(text))))
    problems.push({ at: 'parts.data', why: 'document_not_listed' })
  // Distribution to an unlimited circle has a consent of its own (art. 10.1).
  parts.operations.forEach((operation, i) => {
    if (/распространени/i.test(operation) && !/без распространени|кроме распространени/i.test(operation)) problems.push({ at: `parts.operations.${i}`, why: 'foreign_operation' })
  })
  return problems
}

function wordsOf(parts: ConsentParts): [string, string][] {
  const parties = (at: string, list: { name: string; address: string }[]): [string, string][] =>
    list.flatMap(
      ({ name, address }, i) =>
        [
          [`${at}.${i}.name`, name],
          [`${at}.${i}.address`, address],
        ] as [string, string][],
    )
  return [
    ['parts.operator.name', parts.operator.name],
    ['parts.operator.address', parts.operator.address],
    ['parts.purpose', parts.purpose],
    ['parts.methods', parts.methods],
    ['parts.term', parts.term],
    ['parts.withdrawal', parts.withdrawal],
    ...parts.data.map((text, i): [string, string] => [`parts.data.${i}`, text]),
    ...parts.operations.map((text, i): [string, string] => [`parts.operations.${i}`, text]),
    ...parties('parts.processors', parts.processors),
  ]
}
