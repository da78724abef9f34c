import { randomBytes } from 'node:crypto'
import { sources } from '../../../contract/crm/routing.ts'
import { assertRoom, handle, invalid, may, notFound, orConflict, saidIn, stale, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Source } from '../../../contract/crm/routing.ts'

const MOST_SOURCES = 200
type Row = Omit<Source, 'lastLeadAt'> & { lastLeadAt: Date | null }
const list = statement<Row>(
  'source_list',
  `
  select s.id, s.code, s.name, s.channel, s.mail_token "mailToken", s.is_active "isActive", s.is_network "isNetwork", s.version,
    (select max(l.received_at) from leads l where l.tenant_id = $1 and l.source_id = s.id) "lastLeadAt"
  from lead_sources s where s.tenant_id = $1 order by s.is_active desc, s.name, s.id limit ${MOST_SOURCES}`,
)

/** Everyone writes leads down and needs the names; the secret addresses are for those who set sources up. */
export const listSources = handle(sources.list, async (ctx) => {
  const rows = await ctx.run(list)
  const showsMail = may(ctx.actor, 'source.edit')
  return { sources: rows.map((row) => ({ ...row, mailToken: showsMail ? row.mailToken : null, lastLeadAt: row.lastLeadAt?.toISOString() ?? null })) }
})

/** The address is the only proof of a letter's sender, so it cannot be guessed: 100 bits in letters and digits that survive any mail server. */
export function newMailToken(code: string): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789'
  return `${code.slice(0, 12)}-${Array.from(randomBytes(20), (byte) => alphabet[byte & 31]).join('')}`
}

export const createSource = handle(sources.create, async (ctx, { code, name, channel }) => {
  await assertRoom(ctx, 'leadSources', MOST_SOURCES)
  const id = ctx.newId()
  const mailToken = channel === 'email' ? newMailToken(code) : null
  await orConflict('lead_sources_tenant_id_code_key', 'taken', () => ctx.db.insertInto('leadSources').values({ id, code, name, channel, mailToken }).execute())
  ctx.audit('source.edited', { object: { kind: 'source', id }, details: { what: 'created', code, channel } })
  return { id, version: 1 }
})

export const editSource = handle(sources.edit, async (ctx, { sourceId, version, ...asked }) => {
  const source = await lockSource(ctx, sourceId, version)
  const { change } = saidIn(asked, 'name')
  await ctx.db
    .updateTable('leadSources')
    .set({ ...change, version: version + 1 })
    .where('id', '=', sourceId)
    .execute()
  const { isActive, isNetwork } = change
  ctx.audit('source.edited', {
    object: { kind: 'source', id: sourceId },
    details: { what: isActive === undefined || isActive === source.isActive ? (isNetwork === undefined ? 'renamed' : 'network') : isActive ? 'opened' : 'closed' },
  })
  return { id: sourceId, version: version + 1 }
})

/** For an address that became known to strangers: the old one is nobody's from this moment on. */
export const renewSourceMail = handle(sources.renewMail, async (ctx, { sourceId, version }) => {
  const source = await lockSource(ctx, sourceId, version)
  if (source.channel !== 'email') throw invalid('sourceId', 'not_mail')
  await ctx.db
    .updateTable('leadSources')
    .set({ mailToken: newMailToken(source.code), version: version + 1 })
    .where('id', '=', sourceId)
    .execute()
  ctx.audit('source.edited', { object: { kind: 'source', id: sourceId }, details: { what: 'mail_renewed' } })
  return { id: sourceId, version: version + 1 }
})

async function lockSource(ctx: Ctx, sourceId: string, version: number) {
  const source = await ctx.db
    .selectFrom('leadSources')
    .select(['name', 'code', 'channel', 'isActive', 'isNetwork', 'version'])
    .where('id', '=', sourceId)
    .forUpdate()
    .executeTakeFirst()
  if (!source) throw notFound()
  if (source.version !== version) throw stale({ version: source.version, name: source.name, isActive: source.isActive, isNetwork: source.isNetwork })
  return source
}
