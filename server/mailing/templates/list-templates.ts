import { templates } from '../../../contract/mailing/template.ts'
import { handle } from '../../kernel/index.ts'
import { oneTemplate, templatesOf, toTemplate } from './template-row.ts'

export const listTemplates = handle(templates.list, async (ctx, { kind, channel, limit }) => {
  const rows = await templatesOf(ctx)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'service'))
    .$if(channel !== undefined, (query) => query.where('channel', '=', channel ?? 'email'))
    .orderBy('kind')
    .orderBy('code')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return { rows: rows.map(toTemplate) }
})

export const showTemplate = handle(templates.show, (ctx, { templateId }) => oneTemplate(ctx, templateId))
