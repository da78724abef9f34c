import type { Mailing, mailingStates } from '../../../contract/mailing/mailing.ts'
import { notFound, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type MailingColumns = Omit<Mailing, 'createdAt' | 'startedAt' | 'finishedAt'> & { createdAt: Date; startedAt: Date | null; finishedAt: Date | null }
export const mailingColumns = `m.id, m.name, m.template_id "templateId", m.channel, m.outlet_id "outletId", m.model_id "modelId", m.activity_id "activityId", m.state, m.is_gathered "isGathered",
  m.created_by "createdById", m.created_at "createdAt", m.started_at "startedAt", m.finished_at "finishedAt", m.version, t.name "templateName", t.version "templateVersion"`
export const mailingJoins = 'mailings m join mail_templates t on t.tenant_id = $1 and t.id = m.template_id'

export const toMailing = ({ createdAt, startedAt, finishedAt, ...row }: MailingColumns): Mailing => ({
  ...row,
  createdAt: createdAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
})

const one = (lock: string) =>
  statement<MailingColumns>(`mailing_one${lock ? '_locked' : ''}`, `select ${mailingColumns} from ${mailingJoins} where m.tenant_id = $1 and m.id = $2${lock}`)
const reading = one('')
const changing = one(' for update of m')

export async function readMailing(ctx: Ctx, mailingId: string): Promise<MailingColumns> {
  const [row] = await ctx.run(reading, [mailingId])
  if (!row) throw notFound()
  return row
}

/** Locked, whatever its state: for the jobs. */
export const holdMailing = async (ctx: Ctx, mailingId: string): Promise<MailingColumns | undefined> => (await ctx.run(changing, [mailingId]))[0]

/** Locked for a change by a human, in one of the states the change needs. */
export async function lockMailing(ctx: Ctx, mailingId: string, version: number, states: readonly (typeof mailingStates)[number][]): Promise<MailingColumns> {
  const row = await holdMailing(ctx, mailingId)
  if (!row) throw notFound()
  if (row.version !== version) throw stale({ version: row.version, state: row.state })
  if (!states.includes(row.state)) throw wrongState(row.state)
  return row
}

export const tellOfMailing = (ctx: Ctx, id: string): void => ctx.live({ kind: 'mailing', id, outletId: null, responsibleId: null })
