import { createHash } from 'node:crypto'
import { purposes } from '../../../contract/purposes.ts'
import { isFactClass } from './class-names.ts'
import { linksOf, toPage, toText, type Block, type PolicyDocument, type Section } from './document.ts'
import type { Language, PolicyActivity, PolicyFacts } from './facts.ts'
import { measures } from './measures.ts'
import { activityWords, registerText } from './register-words.ts'
import { wordsOf, type PolicyWords } from './words.ts'

type Teller = { facts: PolicyFacts; language: Language; words: PolicyWords }
export type Rendered = { document: PolicyDocument; body: string; page: string; sha256: Buffer }

/** The policy of a company in one language, a pure function of the facts: the same facts always give the same bytes. */
export function renderPolicy(facts: PolicyFacts, language: Language): Rendered {
  const document = documentOf({ facts, language, words: wordsOf(language) })
  const body = toText(document)
  return { document, body, page: toPage(document), sha256: createHash('sha256').update(body, 'utf8').digest() }
}

function documentOf(teller: Teller): PolicyDocument {
  const { facts, words } = teller
  const { operator } = facts
  const ids = Object.keys(words.sections) as (keyof PolicyWords['sections'])[]
  const present = ids.filter((id) => (id !== 'services' || operator.kind === 'platform') && (id !== 'site' || facts.site !== null))
  return { title: words.title(operator), sections: present.map((id): Section => ({ id, title: words.sections[id], blocks: tell[id](teller) })) }
}

const texts = (lines: readonly string[]): Block[] => lines.map((text) => ({ kind: 'text', text }))
const at = ({ site }: PolicyFacts, rest: string): string => `/site/${site}${rest}`

const tell: Record<keyof PolicyWords['sections'], (teller: Teller) => Block[]> = {
  about: ({ facts, words }) => [
    ...texts(words.about(facts.operator, facts.site)),
    {
      kind: 'links',
      items: [
        ...(facts.operator.kind === 'platform' ? [{ title: words.seeAlso.services, href: '#services' }] : []),
        { title: words.seeAlso.cookies, href: '#cookies' },
        { title: words.seeAlso.rights, href: '#rights' },
      ],
    },
  ],
  services: ({ words }) => texts(words.services),
  operator: ({ facts, words }) => [operatorBlock(facts, words), { kind: 'text', text: facts.contact === null ? words.noContact : words.contactNote }],
  purposes: (teller) => [{ kind: 'text', text: teller.words.purposesIntro }, ...teller.facts.activities.map((line) => activityBlock(teller, line))],
  site: ({ words }) => texts(words.site),
  never: ({ words }) => [{ kind: 'list', items: words.never }],
  sources: ({ facts, words }) => [{ kind: 'list', items: words.sources[facts.operator.kind] }],
  recipients: ({ facts, words }) => [
    ...texts(words.recipients),
    ...(facts.processors.length === 0
      ? texts([words.noProcessors])
      : [{ kind: 'list' as const, items: facts.processors.map(({ name, address }) => `${name}, ${address}: ${words.processorTask}`) }]),
    { kind: 'text', text: words.crossBorder },
  ],
  consents: ({ facts, words }) =>
    facts.texts.length === 0
      ? texts([words.noConsents])
      : [
          { kind: 'text', text: words.consentsIntro },
          facts.site === null
            ? { kind: 'list', items: facts.texts.map(({ kind, version, validDays }) => words.consentLine(words.consentKinds[kind], version, validDays)) }
            : {
                kind: 'links',
                items: facts.texts.map(({ kind, version, id, validDays }) => ({
                  title: words.consentLine(words.consentKinds[kind], version, validDays),
                  href: at(facts, `/consents/${id}`),
                })),
              },
        ],
  advertising: ({ words }) => [{ kind: 'list', items: words.advertising }],
  cookies: (teller) => cookieBlocks(teller),
  rights: ({ facts, words }) => [
    { kind: 'text', text: words.rightsIntro(facts.site) },
    { kind: 'table', head: words.rightsHead, rows: words.rights },
    { kind: 'list', items: words.rightsWays(facts.site, facts.contact, facts.operator.address) },
    ...(facts.site === null ? [] : [{ kind: 'links' as const, items: [{ title: words.ownPage, href: at(facts, '/my') }] }]),
    ...texts(words.complain),
  ],
  destruction: ({ words }) => texts(words.destruction),
  measures: ({ words, language }) => [
    { kind: 'text', text: words.measuresIntro },
    { kind: 'list', items: measures.map((measure) => measure[language]) },
  ],
  versions: ({ facts, words }) => [
    ...texts(words.versions),
    ...(facts.site === null ? [] : [{ kind: 'links' as const, items: [{ title: words.versionsLink, href: at(facts, '/policy/versions') }] }]),
  ],
}

function operatorBlock({ operator, contact, site }: PolicyFacts, { details, kinds }: PolicyWords): Block {
  const facts: (readonly [string, string])[] = [
    [details.inn, operator.inn],
    ...(operator.kpp === null ? [] : [[details.kpp, operator.kpp] as const]),
    [details.ogrn, operator.ogrn],
    [details.address, operator.address],
    ...(contact === null ? [] : [[details.contact, contact] as const]),
    ...(site === null ? [] : [[details.site, `/site/${site}`] as const]),
  ]
  return { kind: 'facts', title: `${operator.name} — ${kinds[operator.kind]}`, facts }
}

/** One purpose with everything that art. 18.1 ч.1 п.2 wants said of it apart. */
function activityBlock({ language, words }: Teller, line: PolicyActivity): Block {
  const { labels } = words
  const said = activityWords(line.code)
  return {
    kind: 'facts',
    title: registerText(line.name, language),
    facts: [
      [labels.purposes, line.purposes.map((purpose) => purposes[purpose][language]).join('; ')],
      [labels.bases, line.bases.map((basis) => words.bases[basis] ?? basis).join('; ')],
      [labels.legal, line.legalRef],
      [
        labels.data,
        line.classes
          .filter(isFactClass)
          .map((name) => words.classes[name])
          .join('; '),
      ],
      [labels.people, said.people[language]],
      [labels.operations, said.operations[language]],
      [labels.methods, words.methods],
      [labels.recipients, said.recipients[language]],
      [labels.term, words.term(line.retentionDays, registerText(line.retentionFrom, language))],
      [labels.destruction, registerText(line.destruction, language)],
    ],
  }
}

function cookieBlocks({ facts, language, words }: Teller): Block[] {
  if (facts.site === null) return texts([words.noCookies])
  return [
    ...texts(words.cookies),
    {
      kind: 'table',
      head: words.cookieHead,
      rows: facts.trackers.map(({ name, category, purpose, lifetimeDays }) => [name, words.categories[category], purpose[language], words.lifetime(lifetimeDays)]),
    },
    { kind: 'links', items: [{ title: words.cookieChoice, href: at(facts, '/cookies') }] },
  ]
}

/** Links inside the document that lead to no section of it. */
export function brokenLinks(document: PolicyDocument): string[] {
  const ids = new Set(document.sections.map(({ id }) => `#${id}`))
  return linksOf(document).filter((href) => href.startsWith('#') && !ids.has(href))
}
