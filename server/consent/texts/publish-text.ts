import { consents } from '../../../contract/consent/consent.ts'
import { lintText } from '../../../contract/consent/lint-text.ts'
import { renderText } from '../../../contract/consent/render-text.ts'
import { handle, orConflict, Refusal } from '../../kernel/index.ts'
import { sha256Of } from './text-hash.ts'

/** Publishes the next version of a text. Refuses by field what the linter objects to; two who publish at once do not share a version. */
export const publishText = handle(consents.publishText, async (ctx, { kind, parts, validDays }) => {
  const problems = lintText(kind, parts)
  if (problems.length > 0) throw new Refusal('invalid', { fields: problems })
  const last = await ctx.db.selectFrom('consentTexts').select('version').where('kind', '=', kind).orderBy('version', 'desc').limit(1).executeTakeFirst()
  const version = (last?.version ?? 0) + 1
  const id = ctx.newId()
  const body = renderText(kind, parts)
  await orConflict('consent_texts_tenant_id_kind_version_key', 'taken', () =>
    ctx.db
      .insertInto('consentTexts')
      .values({ id, kind, version, parts: JSON.stringify(parts), body, bodySha256: sha256Of(body), validDays, publishedBy: ctx.me, publishedAt: ctx.now() })
      .execute(),
  )
  ctx.audit('consent_text.published', { object: { kind: 'consent_text', id }, details: { kind, version, sha256: sha256Of(body).toString('hex') } })
  return { id, version }
})
