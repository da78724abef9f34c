import type { PolicyProblem } from '../../../contract/privacy/policy.ts'
import type { PolicyFacts } from './facts.ts'
import { brokenLinks, type Rendered } from './render-policy.ts'

const placeholder = /_{2,}|\.{4,}|\{\{|\}\}|\[[^\]]*\]|\bundefined\b|\bnull\b|\bXXX+\b|\bTBD\b|оставить,? если|заполнить|указать (?:название|адрес)/i
const openList = /и т\.\s?д|и т\.\s?п|и другие|и иные|а также иная|любы(?:е|ми) (?:иные|другие|не противоречащ)/i

/**
 * Why this policy may not be published: a purpose without what art. 18.1 ч.1 п.2 wants said of it, template leftovers, lists without an end,
 * a reference that leads nowhere. Empty when it may.
 */
export function lintPolicy(facts: PolicyFacts, rendered: Record<'ru' | 'en', Rendered>): PolicyProblem[] {
  return [
    ...facts.activities.flatMap(lintActivity),
    ...(facts.activities.length === 0 ? [{ at: 'register', why: 'empty' as const }] : []),
    ...lintText('ru', rendered.ru),
    ...lintText('en', rendered.en),
  ]
}

function lintActivity({ code, purposes, bases, retentionDays, retentionFrom, destruction }: PolicyFacts['activities'][number]): PolicyProblem[] {
  const problems: PolicyProblem[] = []
  if (purposes.length === 0) problems.push({ at: code, why: 'no_purpose' })
  if (bases.length === 0) problems.push({ at: code, why: 'no_basis' })
  if (retentionDays < 1 || retentionFrom.trim() === '') problems.push({ at: code, why: 'no_term' })
  if (destruction.trim() === '') problems.push({ at: code, why: 'no_destruction' })
  return problems
}

function lintText(language: 'ru' | 'en', { document, body }: Rendered): PolicyProblem[] {
  const lines = body.split('\n').filter((line) => line !== '')
  return [
    ...lines.filter((line) => placeholder.test(line)).map((line) => ({ at: short(language, line), why: 'placeholder' as const })),
    ...lines.filter((line) => openList.test(line)).map((line) => ({ at: short(language, line), why: 'open_list' as const })),
    ...brokenLinks(document).map((href) => ({ at: `${language}: ${href}`, why: 'broken_link' as const })),
    ...document.sections.filter(({ blocks }) => blocks.length === 0).map(({ id }) => ({ at: `${language}: ${id}`, why: 'empty' as const })),
  ]
}

const MAX_SHOWN = 80
const short = (language: string, line: string): string => `${language}: ${line.slice(0, MAX_SHOWN)}`
