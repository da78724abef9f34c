import { ConsentParts } from '../../../contract/consent/consent.ts'
import { readEvents, stateOf } from '../../consent/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type Basis = { basis: 'consent' | 'contract'; consentEventId: string | null }

const textOf = statement<{ parts: unknown }>(
  'network_consent_text',
  `
  select t.parts from consent_events e join consent_texts t on t.tenant_id = $1 and t.id = e.text_id where e.tenant_id = $1 and e.id = $2`,
)
const onContract = statement<{ isHeld: boolean }>(
  'network_contract_ground',
  `
  select exists (select from grounds where tenant_id = $1 and person_id = $2 and basis = 'contract' and evidence @> $3::jsonb and ended_at is null and (until is null or until > $4)) "isHeld"`,
)

/**
 * On which basis a person may be handed to a dealer: their consent to the answering of their request, when its text names that they are handed to dealers
 * (152-ФЗ art. 9 ч.4 п.7: the actions consented to); else the contract they themself asked for with this very request (art. 6 ч.1 п.5). Null: on none.
 */
export async function basisOf(ctx: Ctx, personId: string, leadId: string): Promise<Basis | null> {
  const consent = await requestConsent(ctx, personId)
  if (consent && namesTransfer(consent.parts)) return { basis: 'consent', consentEventId: consent.eventId }
  const [ground] = await ctx.run(onContract, [personId, JSON.stringify({ leadId }), ctx.now()])
  return ground?.isHeld ? { basis: 'contract', consentEventId: null } : null
}

/** The consent to the answering of their request that is in force, with what its text says; null: there is none. */
export async function requestConsent(ctx: Ctx, personId: string): Promise<{ eventId: string; parts: ConsentParts } | null> {
  const said = stateOf('request', await readEvents(ctx, personId, ['request']), ctx.now())
  if (said.state !== 'given' || said.eventId === null) return null
  const [text] = await ctx.run(textOf, [said.eventId])
  const parts = ConsentParts.safeParse(text?.parts)
  return parts.success ? { eventId: said.eventId, parts: parts.data } : null
}

const says = (about: RegExp) => (words: string) => about.test(words)
const aboutHandingOver = says(/передач|предоставлен|доступ/i)
const aboutDealers = says(/дилер/i)
const denies = says(/(?<![а-яё])(не(?! (позднее|более|менее|ранее)(?![а-яё]))|без|нет|ни|никому|никаких|кроме|запре[а-яё]+|исключ[а-яё]+)(?![а-яё])/i)

/**
 * Does the text say that the data is handed over, and that it is to dealers? An operation says so, and it or the purpose names the dealer in the same phrase, or
 * a dealer stands among those who process: that a dealer answers is no word of handing over to it. A phrase that denies anything says yes to nothing.
 */
export function namesTransfer({ operations, purpose, processors }: Pick<ConsentParts, 'operations' | 'purpose' | 'processors'>): boolean {
  const saying = (phrases: readonly string[]) => phrases.filter((phrase) => aboutHandingOver(phrase) && !denies(phrase))
  const handingOver = saying(operations)
  if (handingOver.length === 0) return false
  return [...handingOver, ...saying(purpose.split(/[.;!?]/)), ...processors.map(({ name }) => name)].some(aboutDealers)
}
