import { serviceMessages } from '../../../contract/mailing/mailing.ts'
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

const MAX_TEMPLATES = 200
/** For whoever writes to a client: of each template the newest, and service ones only. */
export const listServiceTemplates = handle(serviceMessages.templates, async (ctx) => {
  const rows = await templatesOf(ctx).where('kind', '=', 'service').distinctOn('code').orderBy('code').orderBy('version', 'desc').limit(MAX_TEMPLATES).execute()
  return { rows: rows.map(toTemplate) }
})

export const showTemplate = handle(templates.show, (ctx, { templateId }) => oneTemplate(ctx, templateId))
