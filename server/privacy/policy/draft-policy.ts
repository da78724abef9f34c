import { policies } from '../../../contract/privacy/policy.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { changesOf, difference } from './compare.ts'
import { hashOfFacts, type PolicyFacts } from './facts.ts'
import { gatherFacts } from './gather-facts.ts'
import { lintPolicy } from './lint-policy.ts'
import { renderPolicy } from './render-policy.ts'
import { lastVersion, toRow } from './versions.ts'

/** The policy as the registers say it at this moment. */
export async function drawUp(ctx: Ctx) {
  const facts: PolicyFacts = await gatherFacts(ctx)
  const rendered = { ru: renderPolicy(facts, 'ru'), en: renderPolicy(facts, 'en') }
  return { facts, factsSha256: hashOfFacts(facts).toString('hex'), rendered, problems: lintPolicy(facts, rendered) }
}

/** Shows what would be published, and where the published one no longer tells the truth. */
export const draftPolicy = handle(policies.draft, async (ctx) => {
  const [{ facts, factsSha256, rendered, problems }, published, contact] = await Promise.all([
    drawUp(ctx),
    lastVersion(ctx),
    ctx.db.selectFrom('policyContacts').select(['email', 'version']).executeTakeFirst(),
  ])
  const { ru, en } = rendered
  const isSameText = published?.bodyRu === ru.body && published.bodyEn === en.body
  return {
    body: { ru: ru.body, en: en.body },
    sha256: { ru: ru.sha256.toString('hex'), en: en.sha256.toString('hex') },
    factsSha256,
    problems,
    published: published ? toRow(published) : null,
    changes: published ? changesOf(published.facts, facts, isSameText) : [],
    difference: { ru: difference(published?.bodyRu ?? '', ru.body), en: difference(published?.bodyEn ?? '', en.body) },
    contact: { email: contact?.email ?? null, version: contact?.version ?? 0 },
    site: facts.site,
  }
})
