import type { FactClassName } from './class-names.ts'
import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { TrackerCategory } from '../../../contract/site/trackers.ts'
import type { TenantKind } from '../../../contract/identity/tenant.ts'
import type { Language, PolicyFacts } from './facts.ts'
import { wordsEn } from './words-en.ts'
import { wordsRu } from './words-ru.ts'

type Operator = PolicyFacts['operator']

/** Every phrase of the policy; two languages, one shape. */
export type PolicyWords = {
  title: (operator: Operator) => string
  sections: Record<
    | 'about'
    | 'services'
    | 'operator'
    | 'purposes'
    | 'site'
    | 'never'
    | 'sources'
    | 'recipients'
    | 'consents'
    | 'advertising'
    | 'cookies'
    | 'rights'
    | 'destruction'
    | 'measures'
    | 'versions',
    string
  >
  about: (operator: Operator, site: string | null) => readonly string[]
  kinds: Record<TenantKind, string>
  details: { name: string; inn: string; kpp: string; ogrn: string; address: string; contact: string; site: string }
  contactNote: string
  noContact: string
  purposesIntro: string
  labels: Record<'purposes' | 'bases' | 'legal' | 'data' | 'people' | 'operations' | 'methods' | 'recipients' | 'term' | 'destruction', string>
  methods: string
  bases: Record<string, string>
  classes: Record<FactClassName, string>
  term: (days: number, from: string) => string
  services: readonly string[]
  site: readonly string[]
  never: readonly string[]
  sources: Record<TenantKind, readonly string[]>
  recipients: readonly string[]
  processorTask: string
  noProcessors: string
  crossBorder: string
  consentsIntro: string
  noConsents: string
  consentKinds: Record<ConsentKind, string>
  consentLine: (kind: string, version: number, days: number) => string
  advertising: readonly string[]
  cookies: readonly string[]
  noCookies: string
  cookieHead: readonly [string, string, string, string]
  categories: Record<TrackerCategory, string>
  lifetime: (days: number) => string
  cookieChoice: string
  rightsIntro: (site: string | null) => string
  rightsHead: readonly [string, string, string]
  rights: readonly (readonly [what: string, article: string, term: string])[]
  rightsWays: (site: string | null, contact: string | null, address: string) => readonly string[]
  ownPage: string
  complain: readonly string[]
  destruction: readonly string[]
  measuresIntro: string
  versions: readonly string[]
  versionsLink: string
  seeAlso: { cookies: string; rights: string; services: string }
}

export const wordsOf = (language: Language): PolicyWords => (language === 'ru' ? wordsRu : wordsEn)
