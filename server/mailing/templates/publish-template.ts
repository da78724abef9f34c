import { createHash } from 'node:crypto'
import { lintTemplate } from '../../../contract/mailing/lint-template.ts'
import { templates, type TemplateDraft } from '../../../contract/mailing/template.ts'
import { handle, invalid, orConflict, Refusal, type Ctx } from '../../kernel/index.ts'

/**
 * Publishes the next version of a template. What it is for and how it travels stay as they were: a service template cannot become advertising
 * by a new version, nor lose its link. Two who publish at once do not share a version.
 */
export const publishTemplate = handle(templates.publish, async (ctx, draft) => {
  const problems = lintTemplate(draft)
  if (problems.length > 0) throw new Refusal('invalid', { fields: problems })
  const version = (await lastVersion(ctx, draft)) + 1
  const id = ctx.newId()
  const bodySha256 = createHash('sha256').update(`${draft.subject}\n${draft.body}`, 'utf8').digest()
  await orConflict('mail_templates_tenant_id_code_version_key', 'taken', () =>
    ctx.db
      .insertInto('mailTemplates')
      .values({ ...draft, id, version, bodySha256, publishedBy: ctx.me, publishedAt: ctx.now() })
      .execute(),
  )
  ctx.audit('template.published', {
    object: { kind: 'mail_template', id },
    details: { code: draft.code, version, kind: draft.kind, channel: draft.channel, sha256: bodySha256.toString('hex') },
  })
  return { id, version }
})

async function lastVersion(ctx: Ctx, { code, kind, channel }: TemplateDraft): Promise<number> {
  const last = await ctx.db.selectFrom('mailTemplates').select(['version', 'kind', 'channel']).where('code', '=', code).orderBy('version', 'desc').limit(1).executeTakeFirst()
  if (last && last.kind !== kind) throw invalid('kind', 'kind_stays')
  if (last && last.channel !== channel) throw invalid('channel', 'kind_stays')
  return last?.version ?? 0
}
