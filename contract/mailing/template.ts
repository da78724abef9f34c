import { z } from 'zod'
import { messageKinds } from '../consent/consent.ts'
import { get, post } from '../endpoint.ts'
import { plain } from '../people/person.ts'

/** How a message of ours reaches people; a call is made by a human and has no template. */
export const messageChannels = ['email', 'sms'] as const
export type MessageChannel = (typeof messageChannels)[number]
/** What a template may ask for, and nothing else: a name to greet with, and who writes. */
export const placeholders = ['name', 'company', 'address'] as const
export type Placeholder = (typeof placeholders)[number]
export const MAX_SMS = 600

/** One line: a break in it would begin a header of its own. */
const Line = plain(150).regex(/^[^\r\n\u0085\u2028\u2029]*$/u)

export const TemplateDraft = z.object({
  /** The template's own word; its versions share it. Kind and channel stay with it for good. */
  code: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  kind: z.enum(messageKinds),
  channel: z.enum(messageChannels),
  name: plain(120).min(2),
  /** Empty for messages to a phone. */
  subject: Line,
  body: plain(5_000).min(2),
})
export type TemplateDraft = z.output<typeof TemplateDraft>

export const Template = TemplateDraft.extend({
  id: z.uuid(),
  version: z.number().int(),
  bodySha256: z.string(),
  publishedById: z.uuid(),
  publishedAt: z.iso.datetime(),
})
export type Template = z.output<typeof Template>

export const templates = {
  list: get('/mail-templates', {
    can: 'template.read',
    summary: 'Templates of messages with all their versions, newest version first',
    input: z.object({ kind: z.enum(messageKinds).optional(), channel: z.enum(messageChannels).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) }),
    output: z.object({ rows: z.array(Template) }),
  }),
  show: get('/mail-templates/:templateId', { can: 'template.read', summary: 'One version of a template', input: z.object({ templateId: z.uuid() }), output: Template }),
  publish: post('/mail-templates', {
    can: 'template.edit',
    summary: 'Publish the next version of a template; it can never be changed. A service template with advertising in it is refused',
    input: TemplateDraft,
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
}
