import { mailings } from '../../../contract/mailing/mailing.ts'
import { handle, invalid, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { sendMailing } from '../outbound/message-row.ts'
import { ownOutlet } from './audience.ts'
import { cancelRest } from './finish.ts'
import { lockMailing, tellOfMailing, type MailingColumns } from './mailing-row.ts'

/** A mailing is prepared by one human and begun by one: nothing here sends by itself (38-ФЗ art. 18 ч.2). */
export const createMailing = handle(mailings.create, async (ctx, { name, templateId, outletId, modelId, activityId }) => {
  const template = await ctx.db.selectFrom('mailTemplates').select(['kind', 'channel']).where('id', '=', templateId).executeTakeFirst()
  if (!template) throw invalid('templateId', 'unknown')
  if (template.kind !== 'advertising') throw invalid('templateId', 'service_template')
  if (outletId && ownOutlet(ctx, outletId) !== outletId) throw invalid('outletId', 'unknown')
  const id = ctx.newId()
  await ctx.db
    .insertInto('mailings')
    .values({ id, name, templateId, channel: template.channel, outletId: ownOutlet(ctx, outletId), modelId, activityId, createdBy: ctx.me, createdAt: ctx.now() })
    .execute()
  ctx.audit('mailing.created', { object: { kind: 'mailing', id }, details: { templateId, channel: template.channel } })
  tellOfMailing(ctx, id)
  return { id, version: 1, state: 'draft' as const }
})

const slug = statement<{ slug: string }>('mailing_site', `select slug from site_slugs s join sites on sites.tenant_id = s.tenant_id where s.tenant_id = $1 and sites.is_open`)

/** Begins or goes on. Without a site there is nowhere for the link to lead by which one says no, so nothing is sent. */
export const startMailing = handle(mailings.start, async (ctx, { mailingId, version }) => {
  const mailing = await lockMailing(ctx, mailingId, version, ['draft', 'paused'])
  const [site] = await ctx.run(slug)
  if (!site) throw invalid('mailingId', 'no_site')
  const begun = mailing.state === 'draft' ? { startedBy: ctx.me, startedAt: ctx.now() } : {}
  await change(ctx, mailing, { state: 'running', ...begun })
  if (!mailing.isGathered) ctx.emit('mailing-gather', { mailingId }, { key: `gather:${mailingId}` })
  sendMailing(ctx, mailing)
  ctx.audit('mailing.started', { object: { kind: 'mailing', id: mailingId }, details: { from: mailing.state } })
  return { id: mailingId, version: version + 1, state: 'running' as const }
})

export const pauseMailing = handle(mailings.pause, async (ctx, { mailingId, version }) => {
  const mailing = await lockMailing(ctx, mailingId, version, ['running'])
  await change(ctx, mailing, { state: 'paused' })
  ctx.audit('mailing.paused', { object: { kind: 'mailing', id: mailingId } })
  return { id: mailingId, version: version + 1, state: 'paused' as const }
})

export const cancelMailing = handle(mailings.cancel, async (ctx, { mailingId, version }) => {
  const mailing = await lockMailing(ctx, mailingId, version, ['draft', 'running', 'paused'])
  await change(ctx, mailing, { state: 'cancelled', finishedAt: ctx.now() })
  const cancelled = await cancelRest(ctx, mailing)
  ctx.audit('mailing.cancelled', { object: { kind: 'mailing', id: mailingId }, details: { from: mailing.state, cancelled } })
  return { id: mailingId, version: version + 1, state: 'cancelled' as const }
})

type Change = { state: MailingColumns['state']; startedBy?: string; startedAt?: Date; finishedAt?: Date }
async function change(ctx: Ctx, { id, version }: MailingColumns, changed: Change): Promise<void> {
  await ctx.db
    .updateTable('mailings')
    .set({ ...changed, version: version + 1 })
    .where('id', '=', id)
    .execute()
  tellOfMailing(ctx, id)
}
