import type { PolicyChange } from '../../../contract/privacy/policy.ts'
import type { Ctx } from '../../kernel/index.ts'
import { changesOf } from './compare.ts'
import { gatherFacts } from './gather-facts.ts'
import { renderPolicy } from './render-policy.ts'
import { lastVersion } from './versions.ts'

/** What the published policy no longer tells as it is; null while none is published. */
export async function driftOfPolicy(reader: Pick<Ctx, 'run'>): Promise<PolicyChange[] | null> {
  const [facts, published] = await Promise.all([gatherFacts(reader), lastVersion(reader)])
  if (!published) return null
  const isSameText = (['ru', 'en'] as const).every((language) => renderPolicy(facts, language).body === (language === 'ru' ? published.bodyRu : published.bodyEn))
  return changesOf(published.facts, facts, isSameText)
}
