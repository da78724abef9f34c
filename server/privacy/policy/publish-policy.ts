import { policies } from '../../../contract/privacy/policy.ts'
import { handle, orConflict, Refusal, stale, wrongState } from '../../kernel/index.ts'
import { drawUp } from './draft-policy.ts'
import { lastVersion, versionOf } from './versions.ts'

/**
 * Publishes what the registers say now as the next version (152-ФЗ art. 18.1 ч.2). Refuses what the linter objects to, a text that is the
 * published one already, and facts that are no longer those the officer has read. Two who publish at once do not share a version.
 */
export const publishPolicy = handle(policies.publish, async (ctx, { factsSha256 }) => {
  const [draft, published] = await Promise.all([drawUp(ctx), lastVersion(ctx)])
  if (draft.factsSha256 !== factsSha256) throw stale({ factsSha256: draft.factsSha256 })
  if (draft.problems.length > 0) throw new Refusal('invalid', { fields: draft.problems.map(({ at, why }) => ({ at, why })) })
  const next = versionOf(draft.facts)
  if (published?.bodyRu === next.bodyRu && published.bodyEn === next.bodyEn) throw wrongState('nothing_changed')
  const version = (published?.version ?? 0) + 1
  const id = ctx.newId()
  await orConflict('policy_versions_tenant_id_version_key', 'taken', () =>
    ctx.db
      .insertInto('policyVersions')
      .values({ ...next, facts: JSON.stringify(next.facts), id, version, publishedBy: ctx.me, publishedAt: ctx.now() })
      .execute(),
  )
  const sha256 = { ru: next.sha256Ru.toString('hex'), en: next.sha256En.toString('hex') }
  ctx.audit('privacy_policy.published', { object: { kind: 'policy_version', id }, details: { version, sha256: sha256.ru, factsSha256 } })
  return { version, sha256 }
})
