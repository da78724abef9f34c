import type { Template } from '../../../contract/mailing/template.ts'
import { notFound, type Ctx } from '../../kernel/index.ts'

export const templatesOf = (ctx: Ctx) => ctx.db.selectFrom('mailTemplates').selectAll()
type Row = Awaited<ReturnType<ReturnType<typeof templatesOf>['execute']>>[number]

export const toTemplate = (row: Row): Template => ({
  id: row.id,
  code: row.code,
  version: row.version,
  kind: row.kind,
  channel: row.channel,
  name: row.name,
  subject: row.subject,
  body: row.body,
  bodySha256: row.bodySha256.toString('hex'),
  publishedById: row.publishedBy,
  publishedAt: row.publishedAt.toISOString(),
})

export async function oneTemplate(ctx: Ctx, templateId: string): Promise<Template> {
  const row = await templatesOf(ctx).where('id', '=', templateId).executeTakeFirst()
  if (!row) throw notFound()
  return toTemplate(row)
}
